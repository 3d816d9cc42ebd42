import { spawn } from "node:child_process";
import { channel } from "node:diagnostics_channel";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { type Platform, type PlatformOptions, startPlatform as start } from "section-platform";
import { Api } from "./api";
import { type ReadMail, readMails } from "./mails";
import { seedDatabase } from "./seed";

type Started = Pick<Platform, "url" | "addUser" | "addToken" | "close"> & { mailDir: string };

let startReplicas: ((options: PlatformOptions) => Promise<Started>) | undefined;

/**
 * From now on a temporary platform is several processes. `npm test -- replicas` loads test/support/replicas.ts first,
 * which calls this.
 */
export function useReplicas(start: typeof startReplicas): void {
    startReplicas = start;
}

export function isReplicated(): boolean {
    return startReplicas !== undefined;
}

/** The persona that owns the things that a test makes, unless it says otherwise. */
export const owner = { email: "olga@agency.example", firstName: "Olga", lastName: "Owner" };

export interface RunningPlatform {
    url: string;
    /** Of `owner`. */
    token: string;
    /** As `owner`. */
    api: Api;
    /** Makes a user with a token. */
    signUp(email: string, scope?: "read" | "write", password?: string): Promise<Api>;
    /** Another token, as the operator makes one for any user. */
    tokenFor(email: string, scope?: "read" | "write"): Promise<string>;
    /** Gives a user a password. */
    setPassword(email: string, password: string): Promise<void>;
    /** The mails that were written to somebody, the oldest first. */
    mailsTo(email: string): Promise<ReadMail[]>;
    close(): Promise<void>;
}

const isEmpty = (folder: string) =>
    readdir(folder).then(
        (names) => names.length === 0,
        () => true,
    );

/** A platform in this process; temporary unless it gets a folder. */
export async function startPlatform(options: PlatformOptions = {}): Promise<RunningPlatform> {
    if (options.dataDir === undefined && options.databaseUrl === undefined) return startTemporary(options);
    channel("section-test").publish({ started: "platform" }); // counted by tools/count-reporter.cjs
    const { dataDir, databaseUrl } = options;
    if (dataDir !== undefined && databaseUrl === undefined && (await isEmpty(dataDir))) await seedDatabase(dataDir);
    const mailDir = options.mailDir ?? path.join(options.dataDir ?? "", "mail");
    return asPlatform({ ...(await start({ dnsServers: ["127.0.0.1:9"], ...options })), mailDir });
}

async function asPlatform(platform: Started): Promise<RunningPlatform> {
    const tokenFor = (email: string, scope: "read" | "write" = "write") =>
        platform.addToken({ email, description: "test", scope });
    await platform.addUser(owner);
    const token = await tokenFor(owner.email);
    const signUp = async (email: string, scope?: "read" | "write", password?: string) => {
        await platform.addUser({ email, firstName: email.split("@")[0], password });
        return new Api(platform.url, await tokenFor(email, scope));
    };
    return {
        url: platform.url,
        token,
        api: new Api(platform.url, token),
        signUp,
        tokenFor,
        setPassword: (email, password) => platform.addUser({ email, password }),
        mailsTo: (email) => readMails(platform.mailDir, email),
        close: () => platform.close(),
    };
}

async function startTemporary(options: PlatformOptions): Promise<RunningPlatform> {
    if (startReplicas !== undefined)
        return asPlatform(await startReplicas({ dnsServers: ["127.0.0.1:9"], ...options }));
    const dataDir = await mkdtemp(path.join(tmpdir(), "section-test-"));
    const platform = await startPlatform({ ...options, dataDir });
    const close = async () => {
        await platform.close();
        await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
    };
    return { ...platform, close };
}

export interface SpawnedPlatform {
    url: string;
    pid: number;
    /** kill -9, at once. */
    kill(): Promise<void>;
    /** Sends SIGTERM; resolves with the exit code. */
    stop(): Promise<number | null>;
    /** Resolves when the process has ended for whatever reason. */
    ended: Promise<void>;
    /** Its log so far. */
    log(): string;
}

export const sectionPlatform = path.resolve("platform/bin/section-platform.js");

interface SpawnOptions {
    port?: number;
    logLevel?: string;
    environment?: Record<string, string>;
    /** Default: that of this checkout. */
    command?: string;
    /** The Node that runs it. Default: this one. */
    node?: string;
}

/** A platform in a process of its own, on a folder that survives it. */
export async function spawnPlatform(
    dataDir: string,
    {
        port = 0,
        logLevel = "warn",
        environment = {},
        command = sectionPlatform,
        node = process.execPath,
    }: SpawnOptions = {},
): Promise<SpawnedPlatform> {
    const child = spawn(node, [command, "serve", "--port", String(port), "--log-level", logLevel], {
        env: {
            ...process.env,
            SECTION_PLATFORM_DATA_DIR: dataDir,
            SECTION_PLATFORM_DNS_SERVERS: "127.0.0.1:9",
            ...environment,
        },
        stdio: ["ignore", "pipe", "pipe"],
    });
    let words = "";
    child.stderr.on("data", (chunk) => {
        words += chunk;
    });
    const ended = once(child, "close").then(() => {});
    const lines = createInterface(child.stdout);
    const url = await new Promise<string>((resolve, reject) => {
        lines.once("line", (line) => resolve(line.replace("listening on ", "")));
        child.once("close", (code) => reject(new Error(`the platform ended with ${code}: ${words}`)));
    });
    const end = async (signal: NodeJS.Signals) => {
        child.kill(signal);
        await ended;
        return child.exitCode;
    };
    return {
        url,
        pid: child.pid as number,
        kill: async () => void (await end("SIGKILL")),
        stop: () => end("SIGTERM"),
        ended,
        log: () => words,
    };
}

/** Gives `work` a folder of its own for temporary files, so that it can check which are left. */
export async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const before = process.env.TMPDIR;
    return withFolder(async (folder) => {
        process.env.TMPDIR = folder;
        try {
            return await work(folder);
        } finally {
            if (before === undefined) delete process.env.TMPDIR;
            else process.env.TMPDIR = before;
        }
    });
}

/** A folder that goes away after `work`. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(path.join(tmpdir(), "section-test-"));
    try {
        return await work(folder);
    } finally {
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
}

import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "section-model";
import { runProgram, startProgram, withoutVariables } from "../engine/engine";
import { isAlive } from "../engine/process-space";

/** A platform for one rehearsal, in a process of its own. */
export interface EmbeddedPlatform {
    url: string;
    token: string;
    pid: number;
    stop(): Promise<void>;
}

export interface EmbeddedChoice {
    /** The script of the command `section-platform`. */
    command: string;
    /** The folder of its data and its log. */
    folder: string;
    /** The content to begin with. */
    seedFile: string;
    /** The user to make a token for. */
    email: string;
    /** As the live one says; undefined where it does not. */
    edgeDomain?: string;
    /** Speaks v1 and nothing beyond it, as the live one does. */
    isPure: boolean;
    /** DNS servers to ask; empty for asking none. Default: those of this machine. */
    resolvers?: readonly string[];
    /** Aborting it ends the wait. */
    signal?: AbortSignal;
}

const startWithinMs = 60_000;
const stopWithinMs = 15_000;
const pauseMs = 50;
/** A port on which nobody answers. */
const silentServer = "127.0.0.1:9";

/** The command of the package `section-platform`: the program's, or the one beside this package. */
export function findPlatformCommand(programFolder: string): string {
    for (const place of [path.resolve(programFolder, "index.js"), __filename]) {
        try {
            const manifest = createRequire(place).resolve("section-platform/package.json");
            return path.join(path.dirname(manifest), "bin", "section-platform.js");
        } catch {
            // the next place may have it
        }
    }
    throw new Problem(
        "unsupported",
        `section-platform is not installed for ${path.resolve(programFolder)}, and a rehearsal needs a platform to rehearse on`,
        {
            remedy: "Install the package section-platform beside pulumi-section, as a development dependency",
        },
    );
}

/** Removes variables that would lead the embedded platform to the data, database or authority of another one. */
function environmentOf({ edgeDomain, resolvers }: EmbeddedChoice, dataDir: string): Record<string, string | undefined> {
    return {
        ...withoutVariables(["SECTION_", "DATABASE_URL"]),
        SECTION_PLATFORM_DATA_DIR: dataDir,
        SECTION_PLATFORM_APPLICATION_LIMIT: "1000000",
        SECTION_PLATFORM_VERIFY_EVERY_HOURS: "0",
        ...(edgeDomain !== undefined && { SECTION_PLATFORM_EDGE_DOMAIN: edgeDomain }),
        ...(resolvers !== undefined && {
            SECTION_PLATFORM_DNS_SERVERS: resolvers.length === 0 ? silentServer : resolvers.join(","),
        }),
    };
}

const hasEnded = async (pid: number) => !(await isAlive(pid));

async function until(isDone: () => Promise<boolean>, withinMs: number): Promise<boolean> {
    for (const end = Date.now() + withinMs; Date.now() < end; await sleep(pauseMs)) if (await isDone()) return true;
    return false;
}

async function stop(pid: number): Promise<void> {
    if (await hasEnded(pid)) return;
    process.kill(pid, "SIGTERM");
    if (!(await until(() => hasEnded(pid), stopWithinMs))) process.kill(pid, "SIGKILL");
}

function failed(what: string, words: string): Problem {
    const last = words.trim().split("\n").slice(-5).join("\n");
    return new Problem("unsupported", `the platform of the rehearsal could not ${what}: ${last}`, {
        remedy: "Correct what it says, and check that section-platform and pulumi-section have the same version",
    });
}

/** Starts a platform on loopback that begins with a seed, and makes a token on it. */
export async function openEmbeddedPlatform(choice: EmbeddedChoice): Promise<EmbeddedPlatform> {
    const { command, folder, seedFile, email, isPure, signal } = choice;
    const environment = environmentOf(choice, path.join(folder, "data"));
    signal?.throwIfAborted();
    // one command, as each has to open the database
    const sown = await runProgram(process.execPath, [command, "seed", seedFile, "--token-for", email], { environment });
    signal?.throwIfAborted();
    if (sown.code !== 0) throw failed("take the copy", sown.stderr);
    const token = sown.stdout.trim();
    const logFile = path.join(folder, "platform.log");
    await writeFile(logFile, "", { mode: 0o600 });
    const serve = [
        "serve",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--log-level",
        "warn",
        ...(isPure ? ["--pure-v1"] : []),
    ];
    const pid = await startProgram(process.execPath, [command, ...serve], logFile, { environment });
    let url: string | undefined;
    await until(async () => {
        url = /^listening on (\S+)$/m.exec(await readFile(logFile, "utf8"))?.[1];
        return url !== undefined || (await hasEnded(pid)) || signal?.aborted === true;
    }, startWithinMs);
    if (url !== undefined && signal?.aborted !== true) return { url, token, pid, stop: () => stop(pid) };
    await stop(pid);
    signal?.throwIfAborted();
    throw failed("start", await readFile(logFile, "utf8"));
}

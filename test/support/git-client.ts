import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import isomorphic from "isomorphic-git";
import http from "isomorphic-git/http/node";

const run = promisify(execFile);
const cache = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache"), "pulumi-section", "git-clients");

/** How a client's attempt ended. */
export interface Outcome {
    ok: boolean;
    /** What it showed of the other side's words, and its error. */
    words: string;
    head: string;
}

/** A client that is not git itself. The token goes into `attempt` apart from the address, as these libraries take it. */
export interface GitClient {
    name: string;
    /** Makes it ready; says what is missing on this machine, if anything. */
    prepare(): Promise<string | undefined>;
    clone(url: string, token: string, folder: string): Promise<Outcome>;
    fetch(url: string, token: string, folder: string): Promise<Outcome>;
    /** Commits a file and pushes it. */
    push(url: string, token: string, folder: string, file: string, text: string): Promise<Outcome>;
}

async function isInstalled(command: string, ...args: string[]): Promise<boolean> {
    return run(command, args).then(
        () => true,
        () => false,
    );
}

/** A folder made once for what `source` holds, all or nothing. */
async function prepared(name: string, source: string, make: (folder: string) => Promise<void>): Promise<string> {
    const target = path.join(cache, `${name}-${createHash("sha256").update(source).digest("hex").slice(0, 16)}`);
    if (fs.existsSync(target)) return target;
    await mkdir(cache, { recursive: true });
    const folder = await mkdtemp(path.join(tmpdir(), `${name}-`));
    try {
        await make(folder);
        await cp(folder, `${target}.${process.pid}`, { recursive: true });
        await rename(`${target}.${process.pid}`, target).catch(() => rm(`${target}.${process.pid}`, { recursive: true, force: true })); // another one was first
        return target;
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/** A program that is told what to do and prints one line of JSON. */
function program(name: string, prepare: () => Promise<string | undefined>, command: () => [string, string[], NodeJS.ProcessEnv]): GitClient {
    const attempt = async (token: string, ...args: string[]): Promise<Outcome> => {
        const [file, first, environment] = command();
        const { stdout } = await run(file, [...first, ...args], { env: { ...process.env, ...environment, TOKEN: token }, timeout: 60_000 });
        return JSON.parse(stdout) as Outcome;
    };
    return {
        name,
        prepare,
        clone: (url, token, folder) => attempt(token, "clone", url, folder),
        fetch: (url, token, folder) => attempt(token, "fetch", url, folder),
        push: (url, token, folder, file, text) => attempt(token, "push", url, folder, file, text),
    };
}

function goGit(): GitClient {
    let binary = "";
    const source = path.resolve("test/support/go-git");
    const prepare = async () => {
        if (!(await isInstalled("go", "version"))) return "go is not installed";
        const texts = await Promise.all(["main.go", "go.mod", "go.sum"].map((name) => readFile(path.join(source, name), "utf8")));
        const folder = await prepared("go-git", texts.join(), async (target) => {
            await run("go", ["build", "-o", path.join(target, "client"), "."], { cwd: source, env: { ...process.env, GOWORK: "off" }, timeout: 600_000 });
        });
        binary = path.join(folder, "client");
        return undefined;
    };
    return program("go-git", prepare, () => [binary, [], {}]);
}

function dulwich(): GitClient {
    const version = "1.2.21";
    const script = path.resolve("test/support/dulwich/main.py");
    let packages = "";
    const prepare = async () => {
        if (!(await isInstalled("python3", "-m", "pip", "--version"))) return "python3 with pip is not installed";
        packages = await prepared("dulwich", version, async (target) => {
            await run("python3", ["-m", "pip", "install", "--quiet", "--target", target, `dulwich==${version}`], { timeout: 300_000 });
        });
        return undefined;
    };
    return program("dulwich", prepare, () => ["python3", [script], { PYTHONPATH: packages }]);
}

function connection(token: string, words: string[]) {
    return {
        fs,
        http,
        onAuth: () => ({ username: "section-token", password: token }),
        onAuthFailure: () => ({ cancel: true }),
        onMessage: (message: string) => void words.push(message),
    };
}

function isomorphicGit(): GitClient {
    const attempt = async (token: string, work: (common: ReturnType<typeof connection>) => Promise<string>): Promise<Outcome> => {
        const words: string[] = [];
        try {
            const head = await work(connection(token, words));
            return { ok: true, words: words.join(""), head };
        } catch (error) {
            return { ok: false, words: `${words.join("")}${(error as Error).name}: ${(error as Error).message}`, head: "" };
        }
    };
    const author = { name: "Gita", email: "gita@agency.example" };
    const headOf = (dir: string) => isomorphic.resolveRef({ fs, dir, ref: "HEAD" });
    return {
        name: "isomorphic-git",
        prepare: async () => undefined,
        clone: (url, token, dir) =>
            attempt(token, async (common) => {
                await isomorphic.clone({ ...common, dir, url });
                return headOf(dir);
            }),
        fetch: (url, token, dir) =>
            attempt(token, async (common) => {
                await isomorphic.pull({ ...common, dir, url, author });
                return headOf(dir);
            }),
        push: (url, token, dir, file, text) =>
            attempt(token, async (common) => {
                await writeFile(path.join(dir, file), text);
                await isomorphic.add({ fs, dir, filepath: file });
                await isomorphic.commit({ fs, dir, message: `write ${file}`, author });
                await isomorphic.push({ ...common, dir, url, ref: "Production" });
                return headOf(dir);
            }),
    };
}

export const gitClients: GitClient[] = [isomorphicGit(), goGit(), dulwich()];

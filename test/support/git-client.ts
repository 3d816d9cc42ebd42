import { execFile } from "node:child_process";
import fs from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import isomorphic from "isomorphic-git";
import http from "isomorphic-git/http/node";
import { builtFromGo, isInstalled } from "./outside-program";
import { prepared } from "./prepared";

const run = promisify(execFile);

/** The result of a client's attempt. */
export interface Outcome {
    ok: boolean;
    /** The other side's words that it showed, and its error. */
    words: string;
    head: string;
}

/**
 * A client that is not git itself. The token goes into `attempt` apart from the address, as these libraries take it.
 */
export interface GitClient {
    name: string;
    /** Builds it. Resolves with the tool that this machine lacks, if any. */
    prepare(): Promise<string | undefined>;
    clone(url: string, token: string, folder: string): Promise<Outcome>;
    fetch(url: string, token: string, folder: string): Promise<Outcome>;
    /** Commits a file and pushes it. */
    push(url: string, token: string, folder: string, file: string, text: string): Promise<Outcome>;
}

/** A program that does one task and prints one line of JSON. */
function program(
    name: string,
    prepare: () => Promise<string | undefined>,
    command: () => [string, string[], NodeJS.ProcessEnv],
): GitClient {
    const attempt = async (token: string, ...args: string[]): Promise<Outcome> => {
        const [file, first, environment] = command();
        const { stdout } = await run(file, [...first, ...args], {
            env: { ...process.env, ...environment, TOKEN: token },
            timeout: 60_000,
        });
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
    const prepare = async () => {
        const built = await builtFromGo("test/support/go-git");
        if ("missing" in built) return built.missing;
        binary = built.program;
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
            await run("python3", ["-m", "pip", "install", "--quiet", "--target", target, `dulwich==${version}`], {
                timeout: 300_000,
            });
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
    const attempt = async (
        token: string,
        work: (common: ReturnType<typeof connection>) => Promise<string>,
    ): Promise<Outcome> => {
        const words: string[] = [];
        try {
            const head = await work(connection(token, words));
            return { ok: true, words: words.join(""), head };
        } catch (error) {
            return {
                ok: false,
                words: `${words.join("")}${(error as Error).name}: ${(error as Error).message}`,
                head: "",
            };
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

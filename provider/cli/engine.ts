import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Problem } from "section-model";

export interface EngineOptions {
    /** The folder of the Pulumi program. Default: the working directory. */
    cwd?: string;
    /** Beside the variables of this process. */
    environment?: Readonly<Record<string, string>>;
}

export interface EngineResult {
    /** 0: it did what it was asked to. */
    code: number;
    stdout: string;
    stderr: string;
}

const mostOutputBytes = 512 * 1024 * 1024;
const mostWordsKept = 64 * 1024;

function cannotStart(error: NodeJS.ErrnoException): Problem {
    return new Problem("unsupported", `pulumi cannot be started here (${error.code})`, {
        remedy: "Install the Pulumi CLI and see that it is on PATH: https://www.pulumi.com/docs/install/",
        cause: error,
    });
}

/** Runs `pulumi` to its end, whatever comes of it. Only an engine that cannot be started is a failure. */
export function runEngine(args: readonly string[], { cwd, environment }: EngineOptions = {}): Promise<EngineResult> {
    const options = { cwd, maxBuffer: mostOutputBytes, env: { ...process.env, ...environment } };
    return new Promise((resolve, reject) => {
        execFile("pulumi", ["--non-interactive", ...args], options, (error, stdout, stderr) => {
            if (typeof error?.code !== "string") return resolve({ code: error?.code ?? (error === null ? 0 : 1), stdout, stderr });
            reject(cannotStart(error as NodeJS.ErrnoException));
        });
    });
}

/** Lets a person have `pulumi` in this terminal until it ends; resolves with its exit code. */
export function attendEngine(args: readonly string[], { cwd, environment }: EngineOptions = {}): Promise<number> {
    return new Promise((resolve, reject) => {
        const child = spawn("pulumi", args, { cwd, stdio: "inherit", env: { ...process.env, ...environment } });
        child.once("error", (error) => reject(cannotStart(error)));
        child.once("close", (code) => resolve(code ?? 1));
    });
}

export interface WatchedEngine {
    /** Asks the engine to end after what it is doing; a second time to end at once. */
    interrupt(): void;
    /** Its exit code and what it said besides events. */
    finished: Promise<{ code: number; stderr: string }>;
}

/**
 * Starts `pulumi` and hands over each line that it prints. It does not share the terminal's Ctrl-C, of which two would end it in
 * the middle of a step: whoever started it passes that on.
 */
export function watchEngine(args: readonly string[], { cwd, environment }: EngineOptions, hear: (line: string) => void): WatchedEngine {
    const child = spawn("pulumi", ["--non-interactive", ...args], {
        cwd,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, ...environment },
    });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr = (stderr + text).slice(-mostWordsKept);
    });
    const lines = createInterface({ input: child.stdout });
    lines.on("line", hear);
    const finished = new Promise<{ code: number; stderr: string }>((resolve, reject) => {
        child.once("error", (error) => reject(cannotStart(error)));
        const read = new Promise((done) => lines.once("close", done));
        child.once("close", (code) => void read.then(() => resolve({ code: code ?? 1, stderr })));
    });
    return { interrupt: () => void child.kill("SIGINT"), finished };
}

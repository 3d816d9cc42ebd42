import { execFile, spawn } from "node:child_process";
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

const running = new Set<Promise<unknown>>();

function known<T>(run: Promise<T>): Promise<T> {
    running.add(run);
    const forget = () => void running.delete(run);
    run.then(forget, forget);
    return run;
}

/** Waits until no engine of this process runs. */
export async function enginesEnd(): Promise<void> {
    await Promise.allSettled(running);
}

const mostOutputBytes = 512 * 1024 * 1024;

function cannotStart(error: NodeJS.ErrnoException): Problem {
    return new Problem("unsupported", `pulumi cannot be started here (${error.code})`, {
        remedy: "Install the Pulumi CLI and see that it is on PATH: https://www.pulumi.com/docs/install/",
        cause: error,
    });
}

/** Runs `pulumi` to its end, whatever comes of it. Only an engine that cannot be started is a failure. */
export function runEngine(args: readonly string[], { cwd, environment }: EngineOptions = {}): Promise<EngineResult> {
    const options = { cwd, maxBuffer: mostOutputBytes, env: { ...process.env, ...environment } };
    const run = new Promise<EngineResult>((resolve, reject) => {
        execFile("pulumi", ["--non-interactive", ...args], options, (error, stdout, stderr) => {
            if (typeof error?.code !== "string") return resolve({ code: error?.code ?? (error === null ? 0 : 1), stdout, stderr });
            reject(cannotStart(error as NodeJS.ErrnoException));
        });
    });
    return known(run);
}

/** Lets a person have `pulumi` in this terminal until it ends; resolves with its exit code. */
export function attendEngine(args: readonly string[], { cwd, environment }: EngineOptions = {}): Promise<number> {
    const run = new Promise<number>((resolve, reject) => {
        const child = spawn("pulumi", args, { cwd, stdio: "inherit", env: { ...process.env, ...environment } });
        child.once("error", (error) => reject(cannotStart(error)));
        child.once("close", (code) => resolve(code ?? 1));
    });
    return known(run);
}

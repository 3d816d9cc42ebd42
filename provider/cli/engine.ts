import { execFile, spawn } from "node:child_process";
import { Problem } from "section-model";

export interface EngineOptions {
    /** The folder of the Pulumi program. Default: the working directory. */
    cwd?: string;
    /** Beside the variables of this process. */
    environment?: Readonly<Record<string, string>>;
    /** What it reads. Default: nothing is said. */
    stdin?: string;
}

export interface EngineResult {
    /** 0: it did what it was asked to. */
    code: number;
    stdout: string;
    stderr: string;
}

const mostOutputBytes = 512 * 1024 * 1024;

function cannotStart(error: NodeJS.ErrnoException): Problem {
    return new Problem("unsupported", `pulumi cannot be started here (${error.code})`, {
        remedy: "Install the Pulumi CLI and see that it is on PATH: https://www.pulumi.com/docs/install/",
        cause: error,
    });
}

/** Runs `pulumi` to its end, whatever comes of it. Only an engine that cannot be started is a failure. */
export function runEngine(args: readonly string[], { cwd, environment, stdin }: EngineOptions = {}): Promise<EngineResult> {
    const options = { cwd, maxBuffer: mostOutputBytes, env: { ...process.env, ...environment } };
    return new Promise((resolve, reject) => {
        const child = execFile("pulumi", ["--non-interactive", ...args], options, (error, stdout, stderr) => {
            if (typeof error?.code !== "string") return resolve({ code: error?.code ?? (error === null ? 0 : 1), stdout, stderr });
            reject(cannotStart(error as NodeJS.ErrnoException));
        });
        if (stdin !== undefined) child.stdin?.end(stdin);
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

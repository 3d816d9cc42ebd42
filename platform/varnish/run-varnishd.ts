import { spawn } from "node:child_process";

/** A program that ended, or was ended after its time. */
export interface Ended {
    exitCode: number | undefined;
    stderr: string;
}

const longestStderr = 64 * 1024;
const timeoutMs = 15_000;

/** Runs varnishd without an environment. Undefined exit code: it did not end in time, or could not be started. */
export function runVarnishd(program: string, args: readonly string[]): Promise<Ended> {
    return new Promise((resolve) => {
        const child = spawn(program, args, {
            env: {},
            stdio: ["ignore", "ignore", "pipe"],
            timeout: timeoutMs,
            killSignal: "SIGKILL",
        });
        let stderr = "";
        child.stderr.on("data", (data: Buffer) => {
            if (stderr.length < longestStderr) stderr += data.toString("utf8");
        });
        child.once("error", (error) => resolve({ exitCode: undefined, stderr: error.message }));
        child.once("close", (code) => resolve({ exitCode: code ?? undefined, stderr }));
    });
}

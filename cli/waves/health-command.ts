import { spawn } from "node:child_process";
import { Problem } from "section-model";

const wordsKept = 4_000;

export interface HealthCommand {
    /** The program and its arguments; no shell reads them. */
    command: readonly string[];
    /** Beside the variables of this process. */
    environment: Readonly<Record<string, string>>;
    timeoutMs: number;
    signal?: AbortSignal;
}

/** Ends a program and its children. */
function end(pid: number | undefined): void {
    try {
        if (pid !== undefined) process.kill(-pid, "SIGKILL");
    } catch {} // it has ended by itself
}

/** Runs a check's program. Resolves with its last words if its exit code says that something is wrong. */
export function runHealthCommand({
    command,
    environment,
    timeoutMs,
    signal,
}: HealthCommand): Promise<string | undefined> {
    const [program = "", ...args] = command;
    return new Promise((resolve, reject) => {
        const child = spawn(program, args, {
            detached: true,
            stdio: ["ignore", "pipe", "pipe"],
            env: { ...process.env, ...environment },
        });
        let words = "";
        for (const stream of [child.stdout, child.stderr]) {
            stream.setEncoding("utf8").on("data", (text: string) => {
                words = (words + text).slice(-wordsKept);
            });
        }
        let isLate = false;
        const stop = () => end(child.pid);
        const timer = setTimeout(() => {
            isLate = true;
            stop();
        }, timeoutMs);
        signal?.addEventListener("abort", stop, { once: true });
        const settle = () => {
            clearTimeout(timer);
            signal?.removeEventListener("abort", stop);
        };
        child.once("error", (cause: NodeJS.ErrnoException) => {
            settle();
            reject(
                new Problem("invalid-input", `the check ${program} cannot be started (${cause.code})`, {
                    remedy: "Name a program that exists with --check",
                    cause,
                }),
            );
        });
        child.once("close", (code) => {
            settle();
            if (code === 0) return resolve(undefined);
            const how = isLate
                ? `no answer within ${timeoutMs / 1000} s`
                : `exit code ${code ?? "none, it was killed"}`;
            resolve([words.trim(), how].filter(Boolean).join("\n"));
        });
    });
}

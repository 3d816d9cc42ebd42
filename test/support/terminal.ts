import { spawn } from "node:child_process";

export interface TerminalOptions {
    cwd?: string;
    /** All variables that the command has. */
    env?: NodeJS.ProcessEnv;
    columns?: number;
    timeoutMs?: number;
}

/** A command in a terminal of its own, as a person has it. */
export class Terminal {
    /** All that was shown, with escapes. */
    shown = "";
    /** The exit code, as a shell has it: 130 after Ctrl-C. */
    readonly ended: Promise<number>;
    readonly #child;
    readonly #timeoutMs;

    constructor(command: string, { cwd, env = process.env, columns = 120, timeoutMs = 30_000 }: TerminalOptions = {}) {
        this.#timeoutMs = timeoutMs;
        const sized = `stty cols ${columns} rows 40; ${command}`;
        const child = spawn("script", ["--quiet", "--return", "--command", sized, "/dev/null"], {
            cwd,
            env: { ...env, SHELL: "/bin/bash" },
        });
        this.#child = child;
        child.stdout.on("data", (chunk) => {
            this.shown += chunk;
        });
        this.ended = new Promise((resolve) => child.once("close", (code) => resolve(code ?? 1)));
    }

    /** Types, such as `\t`, `\r`, or `\x03` for Ctrl-C. */
    type(keys: string): void {
        this.#child.stdin.write(keys);
    }

    /** Waits until something that matches is shown. */
    async until(pattern: RegExp): Promise<void> {
        const giveUp = Date.now() + this.#timeoutMs;
        while (!pattern.test(this.shown)) {
            if (Date.now() > giveUp) throw new Error(`${pattern} was not shown, but ${JSON.stringify(this.shown)}`);
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
    }

    close(): void {
        this.#child.kill("SIGKILL");
    }
}

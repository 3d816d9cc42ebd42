import { availableParallelism } from "node:os";
import { Problem } from "section-model";
import { Gate } from "../../gate";
import { machineFailureIn } from "../../machine-failure";
import { gitEnvironment, gitSettings } from "./git-environment";
import { cutOff, type Launched, Launcher } from "./launcher";

/**
 * One call of git. `verb` and `flags` are ours; text of users goes into `operands`, behind `--end-of-options`, or on
 * stdin.
 */
export interface GitCall {
    gitDir: string;
    verb: string;
    flags?: readonly string[];
    operands?: readonly string[];
    stdin?: string | Buffer;
    /** Added to an environment that is built from nothing. */
    environment?: Readonly<Record<string, string>>;
    /** Exit codes that are an answer, not a failure. Default: 0 only. */
    answers?: readonly number[];
    /** Default 120,000. */
    timeoutMs?: number;
    /**
     * It reads a repository or a bundle through git's transport, from a file of this machine. Default: no transport.
     */
    readsFile?: boolean;
    /** It goes at the pace of a client: once it has taken long, its place is for others. */
    isStream?: boolean;
}

export interface GitAnswer {
    exitCode: number;
    stdout: Buffer;
    stderr: string;
}

export interface GitLimits {
    /** Children at once. Default: two per core. */
    maxChildren?: number;
    /** Calls that may wait for a place. Default 1,000. */
    maxWaiting?: number;
    /** A stream that lasts longer waits for its client more than it works. Default 5,000. */
    streamGraceMs?: number;
}

/** Streams of slow clients beside the places, for each place. */
const slowStreams = 8;

const safeOperand = /^[^\0]+$/;

/** The exit code of a git that is not there. */
const notStarted = 127;

/** The only spawner of git: a bounded number of children, an environment built from nothing, failures as Problems. */
export class Git {
    readonly #maxChildren: number;
    readonly #gate: Gate;
    readonly #alive = new Set<Launched>();
    readonly #launcher = new Launcher();
    readonly #streamGraceMs: number;
    #slow = 0;

    constructor(limits: GitLimits = {}) {
        this.#maxChildren = limits.maxChildren ?? 2 * availableParallelism();
        this.#gate = new Gate({
            atOnce: this.#maxChildren,
            waiting: limits.maxWaiting ?? 1000,
            refusal: "too many git operations are waiting",
        });
        this.#streamGraceMs = limits.streamGraceMs ?? 5_000;
    }

    /** Runs git to its end and collects its output. */
    async run(call: GitCall): Promise<GitAnswer> {
        const child = await this.start(call);
        const chunks: Buffer[] = [];
        child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
        child.stdin.end(call.stdin ?? "");
        const { exitCode, stderr } = await child.ended;
        if (!(call.answers ?? [0]).includes(exitCode)) throw translateFailure(call.verb, exitCode, stderr);
        return { exitCode, stdout: Buffer.concat(chunks), stderr };
    }

    /**
     * Starts git for streaming; the caller feeds stdin, drains stdout and awaits `ended`, after which its place is
     * free.
     */
    async start(call: GitCall): Promise<Launched> {
        const operands = call.operands ?? [];
        if (!operands.every((operand) => safeOperand.test(operand))) {
            throw new Problem("invalid-input", `git ${call.verb} was given an empty or NUL-bearing argument`);
        }
        const guarded = operands.length > 0 ? ["--end-of-options", ...operands] : [];
        await this.#gate.enter();
        try {
            const child = await this.#launcher.launch({
                args: [...gitSettings, call.verb, ...(call.flags ?? []), ...guarded],
                cwd: call.gitDir,
                env: { ...gitEnvironment(call), GIT_DIR: call.gitDir, ...call.environment },
                timeoutMs: call.timeoutMs ?? 120_000,
            });
            this.#alive.add(child);
            const free = call.isStream ? this.#lendPlace() : () => this.#gate.leave();
            const ended = child.ended.then((end) => {
                this.#alive.delete(child);
                free();
                if (end.exitCode === notStarted)
                    throw (
                        machineFailureIn(end.stderr) ??
                        new Problem("internal", "git could not be started", { remedy: "Install git 2.39 or newer" })
                    );
                return end;
            });
            ended.catch(() => {}); // the caller that awaits it gets the error
            return { ...child, ended };
        } catch (error) {
            this.#gate.leave();
            throw error;
        }
    }

    /** Children that run, and calls that wait for a place. */
    get load(): { running: number; waiting: number } {
        return this.#gate.load;
    }

    /** The problem that an exit code and git's words mean. */
    failure(verb: string, exitCode: number, stderr: string): Problem {
        return translateFailure(verb, exitCode, stderr);
    }

    /** Ends every child; for shutting down. */
    async close(): Promise<void> {
        for (const child of this.#alive) child.kill();
        await this.#launcher.close();
    }

    /**
     * The place of a stream, given back early when it lasts, as long as there are not too many of these. Returns a
     * function to call at its end.
     */
    #lendPlace(): () => void {
        let isSlow = false;
        const timer = setTimeout(() => {
            if (this.#slow >= slowStreams * this.#maxChildren) return;
            isSlow = true;
            this.#slow += 1;
            this.#gate.leave();
        }, this.#streamGraceMs);
        timer.unref();
        return () => {
            clearTimeout(timer);
            if (isSlow) this.#slow -= 1;
            else this.#gate.leave();
        };
    }
}

/** The one translation of git's exit codes and words. */
function translateFailure(verb: string, exitCode: number, stderr: string): Problem {
    const words = stderr.trim().split("\n").slice(-3).join("; ");
    const ofMachine = machineFailureIn(stderr);
    if (ofMachine !== undefined) return ofMachine;
    if (stderr === cutOff) return new Problem("overloaded", `git ${verb} was cut off`, { retryAfterSeconds: 5 });
    return new Problem("internal", `git ${verb} ended with ${exitCode}: ${words || "no message"}`);
}

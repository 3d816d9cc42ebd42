import { availableParallelism } from "node:os";
import { Problem } from "section-model";
import { FairGate, type Groups } from "../../fair-gate";
import { machineFailureIn } from "../../machine-failure";
import { type Asker, groupsOf } from "./asker";
import { gitEnvironment, gitSettings, thriftySettings } from "./git-environment";
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
    /** The file that git reads instead of `stdin`. */
    stdinFile?: string;
    /** For whom it runs: turns are shared fairly, and it ends when the client has left. Default: the platform itself. */
    asker?: Asker;
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
    /** It works for a client of git: it holds little at once, on one core at a time. */
    isThrifty?: boolean;
    /** It holds much memory: no two such calls run at the same time. */
    isHeavy?: boolean;
    /** A client reads its output: while the client is slower than git, its place is for others. */
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
    /** A stream whose output waits for its reader for so long does not work. Default 100. */
    streamGraceMs?: number;
}

const safeOperand = /^[^\0]+$/;

/** Added to the niceness of a child for each other child of the same user or organization. */
const nicestStep = 5;
const mostNice = 15;

/** The exit code of a git that is not there. */
const notStarted = 127;

/** The only spawner of git: a bounded number of children, an environment built from nothing, failures as Problems. */
export class Git {
    readonly #gate: FairGate;
    readonly #heavyGate: FairGate;
    readonly #alive = new Set<Launched>();
    readonly #launcher = new Launcher();
    readonly #streamGraceMs: number;

    constructor(limits: GitLimits = {}) {
        const waiting = limits.maxWaiting ?? 1000;
        const atOnce = limits.maxChildren ?? 2 * availableParallelism();
        this.#gate = new FairGate({ what: "git operations", atOnce, waiting });
        this.#heavyGate = new FairGate({ what: "large pushes", atOnce: 1, waiting });
        this.#streamGraceMs = limits.streamGraceMs ?? 100;
    }

    /** Runs git to its end and collects its output. */
    async run(call: GitCall): Promise<GitAnswer> {
        const child = await this.start(call);
        const chunks: Buffer[] = [];
        child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
        child.stdin.end(call.stdin ?? "");
        const { exitCode, stderr } = await child.ended;
        call.asker?.signal?.throwIfAborted();
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
        const groups = groupsOf(call.asker);
        const leave = await this.#takePlace(call, groups);
        try {
            const child = await this.#launcher.launch({
                args: [
                    ...gitSettings,
                    ...(call.isThrifty ? thriftySettings : []),
                    call.verb,
                    ...(call.flags ?? []),
                    ...guarded,
                ],
                cwd: call.gitDir,
                env: { ...gitEnvironment(call), GIT_DIR: call.gitDir, ...call.environment },
                timeoutMs: call.timeoutMs ?? 120_000,
                // who has several at once leaves the processors to others
                niceness: Math.min(nicestStep * (this.#gate.runningOf(groups) - 1), mostNice),
                stdinFile: call.stdinFile,
            });
            return this.#watch(child, call, leave);
        } catch (error) {
            leave();
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

    async #takePlace({ asker, isHeavy }: GitCall, groups: Groups): Promise<() => void> {
        if (!isHeavy) return this.#gate.enter(groups, asker?.signal);
        const leaveHeavy = await this.#heavyGate.enter(groups, asker?.signal);
        try {
            const leave = await this.#gate.enter(groups, asker?.signal);
            return () => [leave, leaveHeavy].forEach((each) => void each());
        } catch (error) {
            leaveHeavy();
            throw error;
        }
    }

    /** Gives the place of a child back when it ends, or before, and ends it when its client leaves. */
    #watch(child: Launched, { asker, isStream }: GitCall, leave: () => void): Launched {
        this.#alive.add(child);
        const looking = isStream ? leaveWhenFull(child, this.#streamGraceMs, leave) : undefined;
        asker?.signal?.addEventListener("abort", child.kill);
        if (asker?.signal?.aborted) child.kill();
        const ended = child.ended.then((end) => {
            this.#alive.delete(child);
            clearInterval(looking);
            asker?.signal?.removeEventListener("abort", child.kill);
            leave();
            if (end.exitCode === notStarted)
                throw (
                    machineFailureIn(end.stderr) ??
                    new Problem("internal", "git could not be started", { remedy: "Install git 2.39 or newer" })
                );
            return end;
        });
        ended.catch(() => {}); // the caller that awaits it gets the error
        return { ...child, ended };
    }
}

/** Leaves at the first look that finds the output full, as the look before did: git waits for its reader. */
function leaveWhenFull({ stdout }: Launched, everyMs: number, leave: () => void): NodeJS.Timeout {
    let wasFull = false;
    const timer = setInterval(() => {
        const isFull = stdout.readableLength >= stdout.readableHighWaterMark;
        if (isFull && wasFull) {
            clearInterval(timer);
            leave();
        }
        wasFull = isFull;
    }, everyMs);
    return timer.unref();
}

/** The one translation of git's exit codes and words. */
function translateFailure(verb: string, exitCode: number, stderr: string): Problem {
    const words = stderr.trim().split("\n").slice(-3).join("; ");
    const ofMachine = machineFailureIn(stderr);
    if (ofMachine !== undefined) return ofMachine;
    if (stderr === cutOff) return new Problem("overloaded", `git ${verb} was cut off`, { retryAfterSeconds: 5 });
    return new Problem("internal", `git ${verb} ended with ${exitCode}: ${words || "no message"}`);
}

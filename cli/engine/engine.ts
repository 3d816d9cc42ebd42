import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { Problem } from "section-model";

export interface EngineOptions {
    /** The folder of the Pulumi program. Default: the working directory. */
    cwd?: string;
    /** Added to the variables of this process; undefined removes one. */
    environment?: Readonly<Record<string, string | undefined>>;
    /** Written to its stdin. */
    stdin?: string;
}

export interface EngineResult {
    /** 0: it succeeded. */
    code: number;
    stdout: string;
    stderr: string;
}

const mostOutputBytes = 512 * 1024 * 1024;
const mostWordsKept = 64 * 1024;
const running = new Set<ChildProcess>();

/** Remembers running children, so that an interrupt can wait for them or end them. */
function noteRunning(child: ChildProcess): void {
    running.add(child);
    const forget = () => void running.delete(child);
    child.once("close", forget).once("error", forget);
}

/** Waits until all children that this process has not let go have ended. */
export async function enginesEnd(): Promise<void> {
    await Promise.allSettled([...running].map((child) => once(child, "close")));
}

function cannotStart(error: NodeJS.ErrnoException): Problem {
    return new Problem("unsupported", `pulumi cannot be started here (${error.code})`, {
        remedy: "Install the Pulumi CLI and see that it is on PATH: https://www.pulumi.com/docs/install/",
        cause: error,
    });
}

/**
 * Runs a program of this machine to its end, with any exit code. Throws the system's error only if it cannot be
 * started.
 */
export function runProgram(
    file: string,
    args: readonly string[],
    { cwd, environment, stdin }: EngineOptions = {},
): Promise<EngineResult> {
    const options = { cwd, maxBuffer: mostOutputBytes, env: { ...process.env, ...environment } };
    return new Promise((resolve, reject) => {
        const child = execFile(file, args, options, (error, stdout, stderr) => {
            if (typeof error?.code !== "string")
                return resolve({ code: error?.code ?? (error === null ? 0 : 1), stdout, stderr });
            reject(error);
        });
        noteRunning(child);
        if (stdin === undefined) return;
        child.stdin?.on("error", () => {}); // it may end without having read
        child.stdin?.end(stdin);
    });
}

/** Runs `pulumi` to its end, with any exit code. Throws only if it cannot be started. */
export function runEngine(args: readonly string[], options: EngineOptions = {}): Promise<EngineResult> {
    return runProgram("pulumi", ["--non-interactive", ...args], options).catch((error) =>
        Promise.reject(cannotStart(error)),
    );
}

/** Asks all running children to end. */
export function stopPrograms(): void {
    for (const child of running) child.kill("SIGTERM");
}

/**
 * Starts a program that goes on by itself, also after this process; its output goes into a file. Resolves with its
 * process id.
 */
export function startProgram(
    file: string,
    args: readonly string[],
    logFile: string,
    { cwd, environment }: EngineOptions = {},
): Promise<number> {
    const log = openSync(logFile, "a", 0o600);
    const child = spawn(file, args, {
        cwd,
        detached: true,
        stdio: ["ignore", log, log],
        env: { ...process.env, ...environment },
    });
    closeSync(log);
    child.unref();
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("spawn", () => resolve(child.pid as number));
    });
}

/** `pulumi` in this terminal, with a person at the keyboard where there is one. */
export interface AttendedEngine {
    /** Asks the engine to end after the current step; a second time, to end at once. */
    interrupt(): void;
    /** Its exit code; undefined when it was killed. */
    finished: Promise<number | undefined>;
}

/**
 * Starts `pulumi` in this terminal. A terminal's Ctrl-C reaches it, too; where there is none, the caller passes
 * interrupts on.
 *
 * @param output where its stdout goes
 */
export function startAttended(
    args: readonly string[],
    { cwd, environment }: EngineOptions = {},
    output: "stdout" | "stderr" = "stdout",
): AttendedEngine {
    const child = spawn("pulumi", args, {
        cwd,
        stdio: ["inherit", output === "stdout" ? "inherit" : process.stderr, "inherit"],
        detached: !process.stdin.isTTY,
        env: { ...process.env, ...environment },
    });
    noteRunning(child);
    const finished = new Promise<number | undefined>((resolve, reject) => {
        child.once("error", (error) => reject(cannotStart(error)));
        child.once("close", (code) => resolve(code ?? undefined));
    });
    return { interrupt: () => void child.kill("SIGINT"), finished };
}

/** This process's variables that begin with one of the given words, as undefined, to remove them for a program. */
export function withoutVariables(prefixes: readonly string[]): Record<string, undefined> {
    const names = Object.keys(process.env).filter((name) => prefixes.some((prefix) => name.startsWith(prefix)));
    return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** The folder in which the engine of this machine keeps its plugins. */
export function pluginFolder(): string {
    return path.join(process.env.PULUMI_HOME || path.join(homedir(), ".pulumi"), "plugins");
}

export interface WatchedEngine {
    /** Asks the engine to end after the current step; a second time, to end at once. */
    interrupt(): void;
    /** Its exit code, undefined when it was killed, and its output besides events. */
    finished: Promise<{ code?: number; stderr: string }>;
}

/**
 * Starts `pulumi` and hands over each line that it prints. It does not share the terminal's Ctrl-C, because two of them
 * would end it in the middle of a step: the caller passes interrupts on.
 */
export function watchEngine(
    args: readonly string[],
    { cwd, environment }: EngineOptions,
    hear: (line: string) => void,
): WatchedEngine {
    const child = spawn("pulumi", ["--non-interactive", ...args], {
        cwd,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, ...environment },
    });
    noteRunning(child);
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr = (stderr + text).slice(-mostWordsKept);
    });
    const lines = createInterface({ input: child.stdout });
    lines.on("line", hear);
    const finished = new Promise<{ code?: number; stderr: string }>((resolve, reject) => {
        child.once("error", (error) => reject(cannotStart(error)));
        const read = new Promise((done) => lines.once("close", done));
        child.once("close", (code) => void read.then(() => resolve({ code: code ?? undefined, stderr })));
    });
    return { interrupt: () => void child.kill("SIGINT"), finished };
}

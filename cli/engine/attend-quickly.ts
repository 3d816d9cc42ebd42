import { setTimeout as pause } from "node:timers/promises";
import { type AttendedEngine, type EngineOptions, startAttended } from "./engine";
import { takeInterrupts } from "./interrupt";
import type { StackLook } from "./look-at-stack";
import { type EngineRun, type QuickChoice, runQuickly } from "./quick-run";

export interface AttendChoice extends EngineOptions, Pick<QuickChoice, "foreign"> {
    /** Where the engine's words go. */
    output: "stdout" | "stderr";
    /** Tells a person who stopped the engine how far it came: the last words of this process. */
    atStop?(): Promise<void>;
}

/** Long enough for a signal to reach the process that sends it to itself. */
const signalMs = 5_000;

/** Ends this process as a shell expects. A second Ctrl-C does not wait for the last words. */
async function endByInterrupt(sayLast: AttendChoice["atStop"]): Promise<void> {
    try {
        await sayLast?.();
    } finally {
        process.kill(process.pid, "SIGINT");
    }
    if (sayLast !== undefined) await pause(signalMs); // so that nothing is said after them
}

/**
 * Runs `pulumi` on a stack in this terminal, as quickly as is safe. After Ctrl-C the engine ends and its state is in
 * order before this process ends.
 *
 * @param look undefined where the engine has to speak for itself
 * @returns its exit code; undefined when it was killed
 */
export async function attendQuickly(
    look: StackLook | undefined,
    words: readonly string[],
    { cwd, environment, output, foreign, atStop }: AttendChoice,
): Promise<number | undefined> {
    const stop = new AbortController();
    let running: AttendedEngine | undefined;
    const start = (run: EngineRun) => {
        const options = { cwd, environment: { ...environment, ...run.environment } };
        running = startAttended([...words, ...run.args], options, output);
        return running;
    };
    const restore = takeInterrupts((signal) => {
        stop.abort();
        // a terminal's Ctrl-C has reached the engine, and a second one would end it in the middle of a step
        if (signal === "SIGTERM" || !process.stdin.isTTY) running?.interrupt();
    });
    try {
        return await runQuickly(look, start, { foreign, signal: stop.signal });
    } finally {
        restore();
        if (stop.signal.aborted) await endByInterrupt(atStop);
    }
}

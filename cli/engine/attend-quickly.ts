import { type AttendedEngine, type EngineOptions, startAttended } from "./engine";
import { takeInterrupts } from "./interrupt";
import type { StackLook } from "./look-at-stack";
import { type EngineRun, type QuickChoice, runQuickly } from "./quick-run";

export interface AttendChoice extends EngineOptions, Pick<QuickChoice, "foreign"> {
    /** Where the engine's words go. */
    output: "stdout" | "stderr";
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
    { cwd, environment, output, foreign }: AttendChoice,
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
        if (stop.signal.aborted) process.kill(process.pid, "SIGINT"); // ends this process as a shell expects
    }
}

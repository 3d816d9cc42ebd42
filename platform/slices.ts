import { setImmediate } from "node:timers/promises";

const sliceMs = 5;

/** The present turn of the event loop, once it has sliced work. */
let turn: { begunMs: number; next: Promise<void> } | undefined;

/**
 * To be awaited between two steps of work that does not wait for anything: all work of the process that does so has
 * one slice of time, then others have their turn.
 */
export async function nextSlice(): Promise<void> {
    turn ??= {
        begunMs: performance.now(),
        next: setImmediate().then(() => {
            turn = undefined;
        }),
    };
    if (performance.now() - turn.begunMs >= sliceMs) await turn.next;
}

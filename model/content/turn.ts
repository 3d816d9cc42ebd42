import { setImmediate } from "node:timers/promises";

/** So many pieces of a text are read before others have their turn. */
export const piecesInARow = 10_000;

const smallText = 16 * 1024;

/** Lets others have their turn behind a piece of work on a text that is not small. */
export async function yieldAfter(text: string): Promise<void> {
    if (text.length > smallText) await setImmediate();
}

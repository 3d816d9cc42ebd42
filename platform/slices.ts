import { setImmediate } from "node:timers/promises";

const sliceMs = 10;

/** Long work in slices: others have their turn between its steps, whenever a slice of time is over. */
export class Slices {
    #begunMs = performance.now();

    /** To be awaited between two steps. */
    async next(): Promise<void> {
        if (performance.now() - this.#begunMs < sliceMs) return;
        await setImmediate();
        this.#begunMs = performance.now();
    }
}

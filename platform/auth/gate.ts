import { Problem } from "section-model";

export interface GateOptions {
    /** Pieces of work done at the same time. */
    atOnce: number;
    /** Pieces that may wait for their turn; one more is refused. */
    waiting: number;
}

/** Lets in a few at a time, in order, so that work that costs a lot cannot be asked for without bounds. */
export class Gate {
    #working = 0;
    readonly #queue: (() => void)[] = [];

    constructor(private readonly options: GateOptions) {}

    /** @throws Problem `overloaded` when too many wait already */
    async run<T>(work: () => Promise<T>): Promise<T> {
        if (this.#working < this.options.atOnce) this.#working += 1;
        else {
            if (this.#queue.length >= this.options.waiting) {
                throw new Problem("overloaded", "too many passwords wait to be checked", { retryAfterSeconds: 5 });
            }
            await new Promise<void>((resolve) => this.#queue.push(resolve)); // the turn is handed over, so the count stays
        }
        try {
            return await work();
        } finally {
            const next = this.#queue.shift();
            if (next === undefined) this.#working -= 1;
            else next();
        }
    }
}

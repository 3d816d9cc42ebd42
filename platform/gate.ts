import { Problem } from "section-model";

export interface GateOptions {
    /** Pieces of work done at the same time. */
    atOnce: number;
    /** Pieces that may wait for their turn; one more is refused. Default: any number. */
    waiting?: number;
    /** The message of a refusal. */
    refusal?: string;
}

/** Lets in a few at a time, in order, so that work that costs a lot cannot be asked for without bounds. */
export class Gate {
    #working = 0;
    readonly #queue: (() => void)[] = [];

    constructor(private readonly options: GateOptions) {}

    /** Pieces of work inside, and those that wait. */
    get load(): { running: number; waiting: number } {
        return { running: this.#working, waiting: this.#queue.length };
    }

    /** @throws Problem `overloaded` when too many wait already */
    async run<T>(work: () => Promise<T>): Promise<T> {
        await this.enter();
        try {
            return await work();
        } finally {
            this.leave();
        }
    }

    /** Waits for a turn, which `leave` ends. @throws Problem `overloaded` when too many wait already */
    async enter(): Promise<void> {
        const { atOnce, waiting = Number.POSITIVE_INFINITY, refusal = "too much waits to be done" } = this.options;
        if (this.#working < atOnce) {
            this.#working += 1;
            return;
        }
        if (this.#queue.length >= waiting) throw new Problem("overloaded", refusal, { retryAfterSeconds: 5 });
        await new Promise<void>((resolve) => this.#queue.push(resolve)); // the turn is handed over, so the count stays
    }

    leave(): void {
        const next = this.#queue.shift();
        if (next === undefined) this.#working -= 1;
        else next();
    }
}

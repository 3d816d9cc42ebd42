/**
 * Lets in a few at a time, in order. It is for the platform's own work, of which any amount may wait: what clients ask
 * for without end goes through a FairGate.
 */
export class Gate {
    #working = 0;
    readonly #queue: (() => void)[] = [];

    constructor(private readonly atOnce: number) {}

    async run<T>(work: () => Promise<T>): Promise<T> {
        if (this.#working < this.atOnce) this.#working += 1;
        // the turn is handed over, so the count stays
        else await new Promise<void>((resolve) => this.#queue.push(resolve));
        try {
            return await work();
        } finally {
            const next = this.#queue.shift();
            if (next === undefined) this.#working -= 1;
            else next();
        }
    }
}

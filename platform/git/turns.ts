/**
 * Tasks of one number happen one after the other, in the order in which they came; those of different numbers at once.
 */
export class Turns {
    readonly #last = new Map<number, Promise<unknown>>();

    take<T>(number: number, task: () => Promise<T>): Promise<T> {
        const previous = this.#last.get(number) ?? Promise.resolve();
        const turn = previous.then(task, task);
        const settled = turn.catch(() => {});
        this.#last.set(number, settled);
        void settled.then(() => {
            if (this.#last.get(number) === settled) this.#last.delete(number);
        });
        return turn;
    }

    /** Waits for all that have been taken, whether or not they went well. */
    async settle(): Promise<void> {
        await Promise.allSettled(this.#last.values());
    }
}

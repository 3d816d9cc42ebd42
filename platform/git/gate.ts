/** Lets so many tasks run at once; the others wait in order. */
export class Gate {
    readonly #waiting: (() => void)[] = [];
    #places: number;

    constructor(places: number) {
        this.#places = places;
    }

    async run<T>(task: () => Promise<T>): Promise<T> {
        if (this.#places > 0) this.#places -= 1;
        else await new Promise<void>((resolve) => this.#waiting.push(resolve));
        try {
            return await task();
        } finally {
            const next = this.#waiting.shift();
            if (next === undefined) this.#places += 1;
            else next();
        }
    }
}

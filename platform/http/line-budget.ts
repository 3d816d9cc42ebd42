const minuteMs = 60_000;

/** A number of lines a minute for one kind of event; those that are left out are counted. */
export class LineBudget {
    #begunMs = Number.NEGATIVE_INFINITY;
    #taken = 0;
    #left = 0;

    constructor(
        private readonly perMinute: number,
        private readonly now: () => number = () => performance.now(),
    ) {}

    /** Undefined: write no line. Else write one, and say in it how many were left out since the last one. */
    take(): number | undefined {
        const nowMs = this.now();
        if (nowMs - this.#begunMs >= minuteMs) {
            this.#begunMs = nowMs;
            this.#taken = 0;
        }
        if (this.#taken >= this.perMinute) {
            this.#left += 1;
            return undefined;
        }
        this.#taken += 1;
        const left = this.#left;
        this.#left = 0;
        return left;
    }
}

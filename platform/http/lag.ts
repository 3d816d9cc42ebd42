const usualLookMs = 500;
const enough = 4;

/**
 * Whether this process has more to do than it can: it is late again and again. One long stop is none of that; it is
 * over before anybody could be turned away for it.
 */
export class Lag {
    readonly #timer: NodeJS.Timeout;
    #dueMs: number;
    #inARow = 0;

    /** @param mostMs how late it may be; 0 never looks */
    constructor(
        private readonly mostMs: number,
        private readonly lookEveryMs = usualLookMs,
    ) {
        this.#dueMs = performance.now() + lookEveryMs;
        this.#timer = setInterval(() => this.#look(), lookEveryMs);
        this.#timer.unref();
    }

    get isTooMuch(): boolean {
        return this.mostMs > 0 && this.#inARow >= enough;
    }

    stop(): void {
        clearInterval(this.#timer);
    }

    #look(): void {
        const nowMs = performance.now();
        this.#inARow = nowMs - this.#dueMs > this.mostMs ? this.#inARow + 1 : 0;
        this.#dueMs = nowMs + this.lookEveryMs;
    }
}

import { Problem } from "section-model";

interface Bucket {
    tokens: number;
    filledAtMs: number;
}

const mostBuckets = 10_000;
const minuteMs = 60_000;

/**
 * Allows a number a minute for each key, all at once or spread out: a bucket that fills again as time passes.
 * Counted in this process alone. The keys that were seen longest ago are forgotten first, so that their number is
 * bounded.
 */
export class RateLimit {
    readonly #buckets = new Map<string, Bucket>();

    constructor(
        /** The name of the limited thing, for people. */
        private readonly what: string,
        /** 0 is no limit. */
        private readonly perMinute: number,
        private readonly now: () => number = () => performance.now(),
    ) {}

    /** Counts one. Throws `rate-limited` when there were too many. */
    take(key: string): void {
        if (this.perMinute === 0) return;
        const nowMs = this.now();
        const known = this.#buckets.get(key);
        const filled =
            known === undefined
                ? this.perMinute
                : known.tokens + ((nowMs - known.filledAtMs) / minuteMs) * this.perMinute;
        const tokens = Math.min(this.perMinute, filled);
        if (tokens < 1) {
            const retryAfterSeconds = Math.max(1, Math.ceil(((1 - tokens) / this.perMinute) * (minuteMs / 1000)));
            throw new Problem("rate-limited", `${this.what}: more than ${this.perMinute} a minute`, {
                retryAfterSeconds,
            });
        }
        this.#buckets.delete(key); // so that it is the youngest
        this.#buckets.set(key, { tokens: tokens - 1, filledAtMs: nowMs });
        if (this.#buckets.size <= mostBuckets) return;
        const [oldest] = this.#buckets.keys();
        if (oldest !== undefined) this.#buckets.delete(oldest);
    }

    /** The number of keys that are remembered. */
    get size(): number {
        return this.#buckets.size;
    }
}

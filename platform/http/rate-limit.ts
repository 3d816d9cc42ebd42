import { type FairUseName, fairUse, makeRateProblem } from "../fair-use";

interface Bucket {
    tokens: number;
    filledAtMs: number;
}

const mostBuckets = 10_000;
const timesMs = { minute: 60_000, hour: 3_600_000 };

/**
 * Allows a number a minute or hour for each key, all at once or spread out: a bucket that fills again as time passes.
 * Counted in this process alone. The keys that were seen longest ago are forgotten first, so that their number is
 * bounded.
 */
export class RateLimit {
    readonly #buckets = new Map<string, Bucket>();
    readonly #windowMs: number;

    constructor(
        private readonly name: FairUseName & `${string}Per${"Minute" | "Hour"}`,
        /** 0 is no limit. */
        private readonly most: number,
        private readonly now: () => number = () => performance.now(),
    ) {
        this.#windowMs = timesMs[fairUse[name].per];
    }

    /** Counts one. Throws `rate-limited` when there were too many. */
    take(key: string): void {
        if (this.most === 0) return;
        const nowMs = this.now();
        const known = this.#buckets.get(key);
        const filled =
            known === undefined ? this.most : known.tokens + ((nowMs - known.filledAtMs) / this.#windowMs) * this.most;
        const tokens = Math.min(this.most, filled);
        if (tokens < 1) {
            const waitMs = ((1 - tokens) / this.most) * this.#windowMs;
            throw makeRateProblem(this.name, this.most, Math.max(1, Math.ceil(waitMs / 1000)));
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

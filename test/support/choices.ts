/** The seed of a run's choices; set SECTION_TEST_SEED to repeat a run. */
export const seed = Number(process.env.SECTION_TEST_SEED ?? Date.now() % 1_000_000);

/** Choices that a run can be repeated with by its seed. */
export class Choices {
    constructor(private state: number) {}

    /** From 0 to below 1. */
    fraction(): number {
        this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
        return this.state / 2 ** 32;
    }

    below(most: number): number {
        return Math.floor(this.fraction() * most);
    }

    pick<T>(...from: readonly T[]): T {
        return from[this.below(from.length)] as T;
    }

    /** Sometimes as it is, sometimes with bytes changed or cut off. */
    bend(data: Buffer): Buffer {
        if (this.below(3) === 0) return data;
        const bent = Buffer.from(data);
        for (let count = this.below(6); count >= 0; count -= 1) bent[this.below(bent.length)] = this.below(256);
        return this.below(4) === 0 ? bent.subarray(0, this.below(bent.length)) : bent;
    }
}

/** Counts of a proof, by name. */
export class Tally {
    readonly #counts = new Map<string, Map<string, number>>();

    count(group: string, name: string): void {
        const counts = this.#counts.get(group) ?? new Map<string, number>();
        this.#counts.set(group, counts.set(name, (counts.get(name) ?? 0) + 1));
    }

    sumOf(group: string): number {
        return [...(this.#counts.get(group)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
    }

    /** `12 rename, 3 remove`, the most frequent first. */
    say(group: string): string {
        const counts = [...(this.#counts.get(group) ?? [])].sort(([, one], [, other]) => other - one);
        return counts.length === 0 ? "none" : counts.map(([name, count]) => `${count} ${name}`).join(", ");
    }
}

/**
 * The time for which calls share an answer: longer than one run's refresh of a list, shorter than a person's patience.
 */
const freshMs = 5_000;

interface Entry {
    answer: Promise<unknown>;
    readAt: number;
}

/** Shares answers between resources: a hundred members of one organization need one request for the list. */
export class Readings {
    readonly #entries = new Map<string, Entry>();

    /** The answer to `key`, read at most once while it is fresh. Failures are not kept. */
    share<T>(key: string, read: () => Promise<T>): Promise<T> {
        if (this.has(key)) return this.#entries.get(key)?.answer as Promise<T>;
        const answer = read();
        const fresh = { answer, readAt: Date.now() };
        this.#entries.set(key, fresh);
        answer.then(
            () => {
                fresh.readAt = Date.now();
            },
            () => {
                if (this.#entries.get(key) === fresh) this.#entries.delete(key);
            },
        );
        return answer;
    }

    /** True while the answer to `key` is fresh, or on its way. */
    has(key: string): boolean {
        const entry = this.#entries.get(key);
        return entry !== undefined && Date.now() - entry.readAt < freshMs;
    }

    /** Changes an answer as a write has changed what it tells, so that nobody needs to read it again for that. */
    amend(key: string, change: (answer: never) => unknown): void {
        const entry = this.#entries.get(key);
        if (entry === undefined) return;
        entry.answer = (entry.answer as Promise<never>).then(change);
        entry.answer.catch(() => {}); // the readers hear of it
    }

    /** Forgets one answer, unless it was read again since. */
    forgetAnswer(key: string, answer: Promise<unknown>): void {
        if (this.#entries.get(key)?.answer === answer) this.#entries.delete(key);
    }

    /** Forgets answers that a write made stale. */
    forget(...keys: readonly string[]): void {
        for (const key of keys) this.#entries.delete(key);
    }

    /** Forgets every answer whose key begins so. */
    forgetBelow(beginning: string): void {
        for (const key of this.#entries.keys()) if (key.startsWith(beginning)) this.#entries.delete(key);
    }
}

/**
 * How long an answer serves everybody who asks the same. Longer than one run's refresh of a list takes, shorter than a
 * person's patience.
 */
const freshMs = 5_000;

interface Entry {
    answer: Promise<unknown>;
    readAt: number;
}

/** Shares answers between resources: a hundred members of one organization are one list. */
export class Readings {
    readonly #entries = new Map<string, Entry>();

    /** The answer to `key`, asked at most once while it is fresh. Failures are not kept. */
    share<T>(key: string, read: () => Promise<T>): Promise<T> {
        const entry = this.#entries.get(key);
        if (entry !== undefined && Date.now() - entry.readAt < freshMs) return entry.answer as Promise<T>;
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

    /** Forgets answers that a write made old. */
    forget(...keys: readonly string[]): void {
        for (const key of keys) this.#entries.delete(key);
    }
}

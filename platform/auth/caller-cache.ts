import type { Caller } from "./caller";

interface Known {
    caller: Caller;
    expiresAt: Date | null;
    /** When the database has to be asked again, so that it learns that the token is in use. */
    askAgainAt: Date;
}

const longest = 10_000;

/**
 * The callers of tokens, for a process that is alone with its database: every change of users and tokens passes through
 * it and empties this at once. Keyed by the hash; a token itself is not kept.
 */
export class CallerCache {
    readonly #known = new Map<string, Known>();

    find(hash: Buffer, now: Date): Caller | undefined {
        const known = this.#known.get(hash.toString("hex"));
        if (known === undefined || known.askAgainAt <= now || (known.expiresAt !== null && known.expiresAt <= now))
            return undefined;
        return known.caller;
    }

    keep(hash: Buffer, known: Known): void {
        if (this.#known.size >= longest) this.#known.clear();
        this.#known.set(hash.toString("hex"), known);
    }

    /** To be called with every change of users or tokens. */
    clear(): void {
        this.#known.clear();
    }
}

import { isProblem, Problem } from "section-model";

/** The time for which nobody waits again for an endpoint that gave no answer. */
const silentForMs = 60_000;

/** True when the endpoint gave no answer. Every refusal is an answer. */
export function isSilence(error: unknown): error is Problem {
    return isProblem(error) && (error.code === "unreachable" || error.code === "overloaded");
}

/**
 * Whether an endpoint answers at all. One wait in vain is enough: all who wait beside it end with it, and for a minute
 * nobody else begins to wait. An answer ends that.
 */
export class Silence {
    #reason: Problem | undefined;
    #endsAt = 0;
    #answers = 0;
    readonly #waiting = new Set<AbortController>();

    /** True once the endpoint has answered anything. */
    get isBroken(): boolean {
        return this.#answers > 0;
    }

    /**
     * Waits for an answer. Fails at once while the endpoint is silent.
     *
     * @param isRead for a request that changes nothing: it ends when another wait was in vain, and a lost answer of it
     *   counts as silence. What changes something may be at work, so that its answer may still come
     * @param ask sends the request, and gives up by the signal
     */
    async listen<T>(isRead: boolean, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
        if (Date.now() < this.#endsAt) throw this.#refusal();
        const before = this.#answers;
        const wait = new AbortController();
        if (isRead) this.#waiting.add(wait);
        try {
            const answer = await ask(wait.signal);
            this.#hear();
            return answer;
        } catch (error) {
            if (wait.signal.aborted) throw this.#refusal();
            if (!isSilence(error)) this.#hear();
            else if ((isRead || !error.isUncertain) && before === this.#answers) this.#begin(error);
            throw error;
        } finally {
            this.#waiting.delete(wait);
        }
    }

    #hear(): void {
        this.#answers += 1;
        this.#endsAt = 0;
    }

    #begin(reason: Problem): void {
        this.#reason = reason;
        this.#endsAt = Date.now() + silentForMs;
        for (const wait of this.#waiting) wait.abort();
    }

    /** The same reason, of a request that was never sent. */
    #refusal(): Problem {
        const { code, detail, remedy } = this.#reason as Problem;
        return new Problem(code, detail, { remedy, cause: this.#reason });
    }
}

import { isProblem } from "section-model";
import type { NotKnown } from "./report";

/** Errors of every request, not of one resource. */
const ofEverything = ["settings-missing", "unreachable", "no-platform", "unauthenticated", "token-ended"];

/** Collects facts that could not be found out: each reason once, with its subjects. */
export class GapList {
    readonly #gaps = new Map<string, NotKnown>();

    /** @param id omitted for everything */
    add(what: string, because: string, id?: string): undefined {
        const key = `${what}: ${because}`;
        const gap = this.#gaps.get(key) ?? { what, because, of: [] };
        this.#gaps.set(key, gap);
        if (id !== undefined) gap.of.push(id);
        return undefined;
    }

    /**
     * Resolves with the answer, or notes a gap and resolves with undefined. Throws errors that concern every request.
     */
    async ask<T>(what: string, id: string, request: Promise<T>): Promise<T | undefined> {
        return request.catch((error) => {
            if (!isProblem(error) || ofEverything.includes(error.code)) throw error;
            return this.add(what, error.message, id);
        });
    }

    list(): NotKnown[] {
        const order = new Intl.Collator("en", { numeric: true }).compare;
        const gaps = [...this.#gaps.values()].map((gap) => ({ ...gap, of: [...gap.of].sort(order) }));
        return gaps.sort((one, other) => order(`${one.what} ${one.because}`, `${other.what} ${other.because}`));
    }
}

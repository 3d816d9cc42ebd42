import { isProblem } from "section-model";
import { Unfinished } from "../nouns/noun";

const attempts = 3;
const firstPauseMs = 300;

/**
 * Repeats work that got no answer and so may have been done: this is safe, because every step looks before it acts.
 * What an attempt has made is told, also where a later one fails before it sees that.
 */
export async function repeatUncertain<T>(work: () => Promise<T>): Promise<T> {
    let unfinished: Unfinished<unknown> | undefined;
    for (let attempt = 1; ; attempt += 1) {
        try {
            return await work();
        } catch (error) {
            if (error instanceof Unfinished) unfinished = error;
            const cause = error instanceof Unfinished ? error.cause : error;
            if (attempt === attempts || !isProblem(cause) || !cause.isUncertain)
                throw unfinished === undefined ? error : new Unfinished(unfinished.found, cause);
            await new Promise((resolve) => setTimeout(resolve, firstPauseMs * attempt * (0.5 + Math.random())));
        }
    }
}

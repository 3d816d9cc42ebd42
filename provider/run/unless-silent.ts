import { isSilence } from "section-client";
import type { Session } from "./session";
import { noteUnchecked } from "./unchecked";

/**
 * The answer of the platform. Without an answer undefined: a preview goes on without one, and a line at its end counts
 * what was not checked.
 *
 * @param subject the thing in words, for a session that is not about one resource
 */
export async function unlessSilent<T>(
    { memory, thing }: Session,
    subject: string,
    asked: Promise<T>,
): Promise<T | undefined> {
    return asked.catch((error) => {
        if (!isSilence(error)) throw error;
        noteUnchecked(memory, thing ?? subject, error.detail);
        return undefined;
    });
}

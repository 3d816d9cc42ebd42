import { isSilence } from "section-client";
import { Problem } from "section-model";
import type { Session } from "./session";
import { noteUnchecked } from "./unchecked";

/** Fails where the settings require the platform's answer. */
function refuseSilence(cause: Problem): never {
    throw new Problem(cause.code, cause.detail, {
        remedy: `${cause.remedy}; to preview without the platform, set section:requirePlatform to false`,
        cause,
    });
}

/**
 * The answer of the platform. Without an answer undefined: a preview goes on without one, and a line at its end counts
 * what was not checked, unless the settings require an answer.
 *
 * @param subject the thing in words, for a session that is not about one resource
 */
export async function unlessSilent<T>(
    { memory, thing, settings }: Session,
    subject: string,
    asked: Promise<T>,
): Promise<T | undefined> {
    return asked.catch((error) => {
        if (!isSilence(error)) throw error;
        if (settings.requirePlatform) refuseSilence(error);
        noteUnchecked(memory, thing ?? subject, error.message);
        return undefined;
    });
}

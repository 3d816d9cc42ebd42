import type { Context } from "./context";
import { noteRepositorySize } from "./kept-bytes";
import { sweepPayloads } from "./payloads";

const everythingEveryMs = 86_400_000;
/** The first look at everything finds repositories that were written to before a crash. */
const firstLookMs = 3_600_000;
/** Longer than a request lasts. */
const strayAgeMs = 7_200_000;

/**
 * Makes a function that tidies and measures the repositories that were written to since its last call. Once a day it tidies all of
 * them, the leftovers of replicas that died, and the uploads.
 */
export function makeHousekeeper(context: Context): (hurry: AbortSignal) => Promise<void> {
    let lookAt = context.now().getTime() + firstLookMs;
    const tidy = async (applicationId: number) => {
        const warn = (what: string) => (error: unknown) =>
            context.warn(`a repository could not be ${what}`, { application: applicationId, reason: String(error) });
        await context.repositories.tidy(applicationId).catch(warn("tidied"));
        await noteRepositorySize(context, applicationId).catch(warn("measured"));
    };
    return async (hurry) => {
        const now = context.now().getTime();
        const touched = context.repositories.takeTouched();
        const isLook = now >= lookAt;
        if (isLook) lookAt = now + everythingEveryMs;
        // one after the other: it is never urgent
        for (const applicationId of isLook ? await context.repositories.listApplications() : touched) {
            if (hurry.aborted) return;
            await tidy(applicationId);
        }
        if (!isLook) return;
        await context.repositories.heal(strayAgeMs);
        await sweepPayloads(context, strayAgeMs);
    };
}

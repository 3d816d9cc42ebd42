import type { Member } from "../auth/caller";
import type { BranchPlace } from "./branches";
import type { Context } from "./context";
import { switchEnvironment } from "./environment-switches";
import { requireEnvironment } from "./environments";

/** Lets the platform's names of a site lead to its origin, past every proxy, or back. Asking twice is fine. */
export async function setDnsBypass(
    context: Context,
    member: Member,
    { applicationId, environment }: BranchPlace,
    isBypassed: boolean,
): Promise<void> {
    const row = await requireEnvironment(context.store.database, member, applicationId, environment);
    await switchEnvironment(context, member, row, { dns_bypassed: isBypassed });
}

import type { Member } from "../auth/caller";
import { setEnvironmentState } from "../store/environments";
import type { Place } from "./branches";
import type { Context } from "./context";
import { requireEnvironment } from "./environments";

/** Lets the platform's names of a site lead to its origin, past every proxy, or back. Asking twice is fine. */
export async function setDnsBypass({ store }: Context, member: Member, { applicationId, environment }: Place, isBypassed: boolean): Promise<void> {
    const { id } = await requireEnvironment(store.database, member, applicationId, environment);
    await setEnvironmentState(store.database, member.accountId, id, { dns_bypassed: isBypassed });
}

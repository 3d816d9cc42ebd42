import { deleteExpiredAttempts } from "../store/attempts";
import { deleteChangesBefore } from "../store/changes";
import { forgetAccountsDeletedBefore } from "../store/deleted-accounts";
import { deleteExpiredLinks } from "../store/links";
import { forgetTokensRevokedBefore } from "../store/tokens";
import { deleteForgottenUsers } from "../store/users";
import type { Context } from "./context";
import { endUnansweredInvitations } from "./invitations";

const dayMs = 86_400_000;
const forgottenAfterMs = 30 * dayMs;
/** Longer than a year, so that a yearly event can be compared with the last one. */
const pastKeptMs = 400 * dayMs;

/**
 * Removes rows that are too old to be of use: counts, links, the log of changes, what is left of deleted accounts and
 * revoked tokens, invitations that nobody accepted in a month, and registrations that nobody verified.
 */
export async function removeExpired(context: Context): Promise<void> {
    const { store, now } = context;
    await deleteExpiredAttempts(store.database, now());
    await deleteExpiredLinks(store.database, now());
    const past = new Date(now().getTime() - pastKeptMs);
    await deleteChangesBefore(store.database, past);
    await forgetAccountsDeletedBefore(store.database, past);
    await forgetTokensRevokedBefore(store.database, past);
    const forgotten = new Date(now().getTime() - forgottenAfterMs);
    await endUnansweredInvitations(context, forgotten);
    await deleteForgottenUsers(store.database, forgotten);
}

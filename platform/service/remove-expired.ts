import { deleteExpiredAttempts } from "../store/attempts";
import { deleteChangesBefore } from "../store/changes";
import { deleteExpiredLinks } from "../store/links";
import { deleteForgottenUsers } from "../store/users";
import type { Context } from "./context";

const dayMs = 86_400_000;
const forgottenAfterMs = 30 * dayMs;
/** Longer than a year, so that a yearly event can be compared with the last one. */
const changesKeptMs = 400 * dayMs;

/**
 * Removes rows that are too old to be of use: counts, links, the log of changes, and registrations that nobody verified
 * in a month.
 */
export async function removeExpired({ store, now }: Context): Promise<void> {
    await deleteExpiredAttempts(store.database, now());
    await deleteExpiredLinks(store.database, now());
    await deleteChangesBefore(store.database, new Date(now().getTime() - changesKeptMs));
    await deleteForgottenUsers(store.database, new Date(now().getTime() - forgottenAfterMs));
}

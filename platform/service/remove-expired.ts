import { deleteExpiredAttempts } from "../store/attempts";
import { deleteChangesBefore } from "../store/changes";
import { deleteExpiredLinks } from "../store/links";
import { deleteForgottenUsers } from "../store/users";
import type { Context } from "./context";

const dayMs = 86_400_000;
const forgottenAfterMs = 30 * dayMs;
/** Longer than a year, so that what happens once a year can be compared with the last time. */
const changesKeptMs = 400 * dayMs;

/**
 * Removes what time has made worthless: counts, links, the log of changes, and registrations that nobody verified in a
 * month.
 */
export async function removeExpired({ store, now }: Context): Promise<void> {
    await deleteExpiredAttempts(store.database, now());
    await deleteExpiredLinks(store.database, now());
    await deleteChangesBefore(store.database, new Date(now().getTime() - changesKeptMs));
    await deleteForgottenUsers(store.database, new Date(now().getTime() - forgottenAfterMs));
}

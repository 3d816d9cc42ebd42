import { deleteExpiredAttempts } from "../store/attempts";
import { deleteExpiredLinks } from "../store/links";
import { deleteForgottenUsers } from "../store/users";
import type { Context } from "./context";

const forgottenAfterMs = 30 * 86_400_000;

/** Removes what time has made worthless: counts, links, and registrations that nobody verified in a month. */
export async function removeExpired({ store, now }: Context): Promise<void> {
    await deleteExpiredAttempts(store.database, now());
    await deleteExpiredLinks(store.database, now());
    await deleteForgottenUsers(store.database, new Date(now().getTime() - forgottenAfterMs));
}

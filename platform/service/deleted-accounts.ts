import { Problem, utcDay } from "section-model";
import type { Caller } from "../auth/caller";
import { findDeletedAccount } from "../store/deleted-accounts";
import type { Context } from "./context";

/**
 * Tells somebody who was a member of an account to its end that it was deleted. To everybody else, and where extensions
 * are off, it does not exist.
 */
export async function refuseDeletedAccount(
    { store, options }: Context,
    caller: Caller,
    accountId: number,
): Promise<void> {
    if (!options.extensions || !caller.verified) return;
    const deleted = await findDeletedAccount(store.database, accountId, caller.userId);
    if (deleted === undefined) return;
    const { name, deleted_at, deleted_by } = deleted;
    throw new Problem(
        "account-deleted",
        `organization ${accountId} (${name}) was deleted on ${utcDay(deleted_at)} by ${deleted_by}`,
    );
}

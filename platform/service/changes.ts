import type { ChangeKind } from "section-model";
import type { Caller, Member } from "../auth/caller";
import { type ChangePage, type ChangeRow, insertChanges, listChangeRows } from "../store/changes";
import type { ChangedThing, Database } from "../store/database";
import type { Context } from "./context";

/** The author of a change: a caller, or the operator by a command. */
export type Doer = { caller: Caller } | { command: string };

/** The account of a change, and its author. */
export type Author = { accountId: number } & Doer;

export interface Change {
    /** The changed thing of the account; left out when it is the account itself. */
    thing?: ChangedThing;
    /** The value before; `to` is the value after. Left out when there was or is none. */
    from?: string;
    to?: string;
}

/**
 * Writes down changes and their author, in the transaction of the changes themselves, so that neither is there without
 * the other.
 */
export async function noteChanges(
    transaction: Database,
    author: Author,
    changes: readonly (Change & { kind: ChangeKind })[],
): Promise<void> {
    const by =
        "caller" in author
            ? {
                  user_name: author.caller.name,
                  user_email: author.caller.email,
                  command: null,
                  request_id: author.caller.requestId ?? null,
              }
            : { user_name: null, user_email: null, command: author.command, request_id: null };
    await insertChanges(
        transaction,
        changes.map(({ kind, thing = {}, from, to }) => ({
            account_id: author.accountId,
            kind,
            thing: JSON.stringify(thing),
            value_from: from ?? null,
            value_to: to ?? null,
            ...by,
        })),
    );
}

/** Writes down one change and its author. */
export async function noteChange(
    transaction: Database,
    author: Author,
    kind: ChangeKind,
    change: Change,
): Promise<void> {
    await noteChanges(transaction, author, [{ kind, ...change }]);
}

/** The changes of an account, newest first. */
export async function listChanges({ store }: Context, { accountId }: Member, page: ChangePage): Promise<ChangeRow[]> {
    return listChangeRows(store.database, accountId, page);
}

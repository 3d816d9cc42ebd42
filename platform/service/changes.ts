import type { ChangeKind } from "section-model";
import type { Caller, Member } from "../auth/caller";
import { type ChangePage, type ChangeRow, insertChange, listChangeRows } from "../store/changes";
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
 * Writes down a change and its author, in the transaction of the change itself, so that neither is there without the
 * other.
 */
export async function noteChange(
    transaction: Database,
    author: Author,
    kind: ChangeKind,
    { thing = {}, from, to }: Change,
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
    const values = { value_from: from ?? null, value_to: to ?? null };
    await insertChange(transaction, {
        account_id: author.accountId,
        kind,
        thing: JSON.stringify(thing),
        ...values,
        ...by,
    });
}

/** The changes of an account, newest first. */
export async function listChanges({ store }: Context, { accountId }: Member, page: ChangePage): Promise<ChangeRow[]> {
    return listChangeRows(store.database, accountId, page);
}

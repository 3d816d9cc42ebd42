import { Problem } from "section-model";
import type { Caller } from "../auth/caller";
import { makeToken } from "../auth/token";
import type { Database } from "../store/database";
import { isReferred } from "../store/database-failure";
import { deleteToken, findToken, insertToken, listTokenRows, type TokenRow } from "../store/tokens";
import { findUser } from "../store/users";
import type { Context } from "./context";
import { queueNotice } from "./notices";
import { provesPerson, refuseTokenAlone } from "./prove-person";
import { limitRate } from "./rate-limit";

const dayMs = 86_400_000;
/** The longest life of a token that another token makes by itself. */
const longestByTokenMs = 90 * dayMs;
const byOneUser = { most: 60, windowMs: 3_600_000 };

export interface WantedToken {
    description: string;
    /** Default `write`. */
    scope?: "read" | "write";
    /** Default: it never ends. */
    expiresAt?: Date;
}

/** A new token; its value is returned once and stored nowhere. */
export interface AddedToken {
    row: TokenRow;
    token: string;
}

async function insertNewToken(
    database: Database,
    userId: number,
    { description, scope = "write", expiresAt }: WantedToken,
    madeBy?: string,
): Promise<AddedToken> {
    const { id, token, hash } = makeToken();
    const row = await insertToken(database, {
        id,
        hash,
        user_id: userId,
        description,
        scope,
        expires_at: expiresAt ?? null,
        made_by: madeBy ?? null,
    });
    return { row, token };
}

function refusePast({ now }: Context, expiresAt: Date | undefined): void {
    if (expiresAt !== undefined && !(expiresAt > now()))
        throw new Problem("invalid-input", "the expiry of a token lies in the past", {
            property: "expires_at",
            remedy: "Name a time in the future",
        });
}

/** Makes a token for a user, as the operator does. */
export async function addToken(
    context: Context,
    { userId, ...wanted }: WantedToken & { userId: number },
): Promise<AddedToken> {
    refusePast(context, wanted.expiresAt);
    return insertNewToken(context.store.database, userId, wanted);
}

/**
 * The token that a caller's token may make by itself: one that ends with it, or before, and may do no more.
 *
 * @throws Problem `password-needed` when it is to last longer
 */
function boundByToken({ now }: Context, { scope, token }: Caller, wanted: WantedToken): WantedToken {
    const longest = now().getTime() + longestByTokenMs;
    const end = new Date(Math.min(longest, token?.expiresAt?.getTime() ?? longest));
    if (wanted.expiresAt !== undefined && wanted.expiresAt > end)
        throw new Problem("password-needed", `an API token alone makes none that lasts beyond ${end.toISOString()}`);
    return { ...wanted, scope: scope === "read" ? "read" : wanted.scope, expiresAt: wanted.expiresAt ?? end };
}

/**
 * Makes a token for the caller, and has them told by mail. One that a token makes by itself ends with that token.
 *
 * @throws Problem `password-needed` when a token alone wants more than it has, `rate-limited`
 */
export async function addOwnToken(context: Context, caller: Caller, wanted: WantedToken): Promise<AddedToken> {
    const { userId } = caller;
    refusePast(context, wanted.expiresAt);
    const isPerson = await provesPerson(context, caller);
    const made = isPerson ? wanted : boundByToken(context, caller, wanted);
    await limitRate(context, ["token", String(userId)], byOneUser, "this user makes too many tokens");
    const add = context.store.transact(async (transaction) => {
        const added = await insertNewToken(transaction, userId, made, isPerson ? undefined : caller.token?.id);
        const { description, scope, expires_at } = added.row;
        const expiresAt = expires_at?.toISOString() ?? null;
        await queueNotice(context, transaction, caller.email, { kind: "token-made", description, scope, expiresAt });
        return added;
    });
    return add.catch((error) => {
        throw isReferred(error) ? new Problem("unauthenticated", "the token of this request was just revoked") : error;
    });
}

export async function listTokens({ store }: Context, userId: number): Promise<TokenRow[]> {
    return listTokenRows(store.database, userId);
}

function noToken(id: string): Problem {
    return new Problem("not-found", `there is no token ${id}`, { remedy: "List the user's tokens for their ids" });
}

/** Ends a token, and those that it made, at once. */
export async function revokeToken({ store, callers }: Context, userId: number, id: string): Promise<void> {
    const isDeleted = await deleteToken(store.database, userId, id);
    callers?.clear();
    if (!isDeleted) throw noToken(id);
}

/**
 * Ends a token of the caller. A token ends itself and those that it made; to end others takes the user in person, if
 * they have a password or an app to show that. Who has neither must still be able to end a token that leaked.
 *
 * @throws Problem `password-needed`, `not-found`
 */
export async function revokeOwnToken(context: Context, caller: Caller, id: string): Promise<void> {
    const { database } = context.store;
    const found = await findToken(database, id);
    if (found?.user_id !== caller.userId) throw noToken(id);
    const own = caller.token?.id;
    if (own === undefined || (found.id !== own && found.made_by !== own)) {
        const user = await findUser(database, caller.userId);
        const canProve = user?.password_hash !== null || user.totp_secret !== null;
        if (canProve) await refuseTokenAlone(context, caller, "end another token");
    }
    await revokeToken(context, caller.userId, id);
}

import { Problem } from "section-model";
import { makeToken } from "../auth/token";
import { deleteToken, insertToken, listTokenRows, type TokenRow } from "../store/tokens";
import type { Context } from "./context";

export interface NewTokenRequest {
    userId: number;
    description: string;
    scope?: "read" | "write";
    expiresAt?: Date;
}

/** Makes a token for a user. The value is returned once and stored nowhere. */
export async function addToken(
    { store, now }: Context,
    request: NewTokenRequest,
): Promise<{ row: TokenRow; token: string }> {
    if (request.expiresAt !== undefined && !(request.expiresAt > now())) {
        throw new Problem("invalid-input", "the expiry of a token lies in the past", {
            property: "expires_at",
            remedy: "Name a time in the future",
        });
    }
    const { id, token, hash } = makeToken();
    const row = await insertToken(store.database, {
        id,
        hash,
        user_id: request.userId,
        description: request.description,
        scope: request.scope ?? "write",
        expires_at: request.expiresAt ?? null,
    });
    return { row, token };
}

export async function listTokens({ store }: Context, userId: number): Promise<TokenRow[]> {
    return listTokenRows(store.database, userId);
}

/** Ends a token at once. */
export async function revokeToken({ store, callers }: Context, userId: number, id: string): Promise<void> {
    const isDeleted = await deleteToken(store.database, userId, id);
    callers?.clear();
    if (!isDeleted)
        throw new Problem("not-found", `there is no token ${id}`, { remedy: "List the user's tokens for their ids" });
}

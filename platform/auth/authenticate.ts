import type { Database, UserRow } from "../store/database";
import { findToken, markTokenUsed } from "../store/tokens";
import type { Caller } from "./caller";
import type { CallerCache } from "./caller-cache";
import { hashToken, isSameHash, tokenIdOf } from "./token";

const usedPrecisionMs = 3_600_000;

export function displayName(user: Pick<UserRow, "first_name" | "last_name" | "email">): string {
    return `${user.first_name} ${user.last_name}`.trim() || user.email;
}

/**
 * The caller that a token belongs to. Rights are the user's own of this moment; a revoked or expired token is nobody's.
 */
export async function authenticateToken(
    database: Database,
    token: string,
    now = new Date(),
    cache?: CallerCache,
): Promise<Caller | undefined> {
    const id = tokenIdOf(token);
    if (id === undefined) return undefined;
    const hash = hashToken(token);
    const known = cache?.find(hash, now);
    if (known !== undefined) return known;
    const found = await findToken(database, id);
    if (found === undefined || !isSameHash(found.hash, hash)) return undefined;
    if (found.expires_at !== null && found.expires_at <= now) return undefined;
    const isStale = found.last_used_at === null || now.getTime() - found.last_used_at.getTime() > usedPrecisionMs;
    if (isStale) await markTokenUsed(database, id, now);
    const { user_id: userId, email, verified, scope, expires_at: expiresAt } = found;
    const name = displayName(found);
    const caller: Caller = { userId, email, name, verified, scope, via: "token", token: { id, expiresAt } };
    cache?.keep(hash, { caller, expiresAt, askAgainAt: new Date(now.getTime() + usedPrecisionMs) });
    return caller;
}

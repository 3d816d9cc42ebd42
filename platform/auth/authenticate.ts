import { Problem, utcDay } from "section-model";
import type { Database, RevokedTokenRow, UserRow } from "../store/database";
import { findRevokedToken, findToken, markTokenUsed } from "../store/tokens";
import type { Caller } from "./caller";
import type { CallerCache } from "./caller-cache";
import { hashToken, isSameHash, tokenIdOf } from "./token";

const usedPrecisionMs = 3_600_000;

export function displayName(user: Pick<UserRow, "first_name" | "last_name" | "email">): string {
    return `${user.first_name} ${user.last_name}`.trim() || user.email;
}

const ends: Record<RevokedTokenRow["cause"], (day: string) => string> = {
    revoked: (day) => `was revoked on ${day}`,
    maker: (day) => `ended on ${day}, with the token that made it`,
    user: (day) => `ended on ${day}, when its user was removed`,
};

/** Only the one who has the whole token is told what became of it. */
async function refuseEnded(database: Database, id: string, hash: Buffer): Promise<void> {
    const ended = await findRevokedToken(database, id);
    if (ended !== undefined && isSameHash(ended.hash, hash))
        throw tokenEnded(ends[ended.cause](utcDay(ended.revoked_at)));
}

const tokenEnded = (fate: string) => new Problem("token-ended", `this token ${fate} (API request is unauthorized)`);

/**
 * The caller that a token belongs to. Rights are the user's own of this moment. An unknown token is nobody's.
 *
 * @throws Problem `token-ended` for one that expired or was ended
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
    if (found === undefined) await refuseEnded(database, id, hash);
    if (found === undefined || !isSameHash(found.hash, hash)) return undefined;
    if (found.expires_at !== null && found.expires_at <= now)
        throw tokenEnded(`expired on ${utcDay(found.expires_at)}`);
    const isStale = found.last_used_at === null || now.getTime() - found.last_used_at.getTime() > usedPrecisionMs;
    if (isStale) await markTokenUsed(database, id, now);
    const { user_id: userId, email, verified, scope, expires_at: expiresAt } = found;
    const name = displayName(found);
    const caller: Caller = { userId, email, name, verified, scope, via: "token", token: { id, expiresAt } };
    cache?.keep(hash, { caller, expiresAt, askAgainAt: new Date(now.getTime() + usedPrecisionMs) });
    return caller;
}

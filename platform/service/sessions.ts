import { Problem } from "section-model";
import { authenticateToken, displayName } from "../auth/authenticate";
import type { Caller } from "../auth/caller";
import { authenticatePassword, lackOf, type PasswordSignIn } from "../auth/password-sign-in";
import { digestPasswordHash, hashSecret, isSecret, makeSecret } from "../auth/session-secret";
import { isSameHash, tokenIdOf } from "../auth/token";
import type { Database } from "../store/database";
import {
    countSessionRows,
    deleteExpiredSessions,
    deleteSession,
    extendSession,
    findSession,
    insertSession,
} from "../store/sessions";
import { findPerson, findUser } from "../store/users";
import type { Context } from "./context";

/** A session that nobody uses ends after this. */
const idleMs = 12 * 3_600_000;
/** A session ends after this, however much it is used. */
const longestMs = 7 * 86_400_000;
/** The precision with which the last use is noted. */
const precisionMs = 300_000;

/** The credentials that a person signs in with. */
export type Credentials = PasswordSignIn | { token: string };

interface Proof {
    user_id: number;
    token_id: string | null;
    password_digest: Buffer | null;
}

/** Checks credentials. Returns their user, and the token or password that the session will depend on. */
async function prove({ store, secrets, now, options }: Context, credentials: Credentials): Promise<Proof> {
    const { database } = store;
    if ("token" in credentials) {
        const token = credentials.token.trim();
        const caller = await authenticateToken(database, token, now());
        if (caller === undefined)
            throw new Problem("unauthenticated", "this API token is not valid", {
                remedy: "Check that it is complete and not revoked",
            });
        return { user_id: caller.userId, token_id: tokenIdOf(token) as string, password_digest: null };
    }
    const caller = await authenticatePassword({ database, secrets, now, options }, credentials);
    const user = caller === undefined ? undefined : await findUser(database, caller.userId);
    if (typeof user?.password_hash !== "string")
        throw new Problem("unauthenticated", "this e-mail address and password do not belong together", {
            remedy: "Try again, or use an API token",
        });
    if (caller?.lacksSecondFactor !== undefined)
        throw new Problem("second-factor", "the password is right, and a one-time code is needed with it", {
            remedy: "Send the app's code, or use an API token",
        });
    return {
        user_id: user.id,
        token_id: null,
        password_digest: digestPasswordHash(user.password_hash, credentials.code !== undefined),
    };
}

/**
 * Signs a person in. The secret is for their browser and stored nowhere.
 *
 * @throws Problem `unauthenticated` for wrong credentials, `second-factor` for a password that needs a one-time code,
 * `rate-limited`
 */
export async function openSession(context: Context, credentials: Credentials): Promise<string> {
    const { database } = context.store;
    const proof = await prove(context, credentials);
    const now = context.now();
    await deleteExpiredSessions(database, now);
    const secret = makeSecret();
    const at = now.getTime();
    await insertSession(database, {
        ...proof,
        hash: hashSecret(secret),
        expires_at: new Date(at + idleMs),
        ends_at: new Date(at + longestMs),
    });
    return secret;
}

/**
 * The user of a session. Undefined once it ran out, its user or token is gone, the user has another password, or it
 * needs a code that never came.
 */
export async function findSessionCaller({ store, now }: Context, secret: string): Promise<Caller | undefined> {
    if (!isSecret(secret)) return undefined;
    const hash = hashSecret(secret);
    const at = now();
    const session = await findSession(store.database, hash, at);
    if (session === undefined || !(await isStillProven(store.database, session, at))) return undefined;
    const expiresAt = new Date(Math.min(at.getTime() + idleMs, session.ends_at.getTime()));
    if (expiresAt.getTime() - session.expires_at.getTime() > precisionMs)
        await extendSession(store.database, hash, expiresAt);
    const { user_id: userId, email, verified, scope, token_id } = session;
    return {
        userId,
        email,
        name: displayName(session),
        verified,
        scope: scope ?? "write",
        via: token_id === null ? "password" : "token",
    };
}

async function isStillProven(
    database: Database,
    session: NonNullable<Awaited<ReturnType<typeof findSession>>>,
    now: Date,
): Promise<boolean> {
    const { user_id, password_digest, password_hash, token_expires_at } = session;
    if (password_digest === null) return token_expires_at === null || token_expires_at > now;
    if (password_hash === null) return false;
    if (isSameHash(password_digest, digestPasswordHash(password_hash, true))) return true;
    const person = await findPerson(database, user_id);
    return (
        isSameHash(password_digest, digestPasswordHash(password_hash)) &&
        person !== undefined &&
        lackOf(person) === undefined
    );
}

/** Ends a session at once; ended already is fine. */
export async function closeSession({ store }: Context, secret: string): Promise<void> {
    await deleteSession(store.database, hashSecret(secret));
}

/** The number of people who are signed in, counting each browser. */
export async function countSessions({ store, now }: Context): Promise<number> {
    return countSessionRows(store.database, now());
}

import type { Insertable } from "kysely";
import type { Database, SessionTable } from "./database";

export async function insertSession(database: Database, session: Insertable<SessionTable>): Promise<void> {
    await database.insertInto("sessions").values(session).execute();
}

/** A session that has not run out, with its user and, when it has one, its token. */
export async function findSession(database: Database, hash: Buffer, now: Date) {
    return database
        .selectFrom("sessions")
        .innerJoin("users", "users.id", "sessions.user_id")
        .leftJoin("tokens", "tokens.id", "sessions.token_id")
        .selectAll("sessions")
        .select([
            "users.email",
            "users.first_name",
            "users.last_name",
            "users.verified",
            "users.password_hash",
            "tokens.scope",
            "tokens.expires_at as token_expires_at",
        ])
        .where("sessions.hash", "=", hash)
        .where("sessions.expires_at", ">", now)
        .executeTakeFirst();
}

export async function extendSession(database: Database, hash: Buffer, expiresAt: Date): Promise<void> {
    await database.updateTable("sessions").set({ expires_at: expiresAt }).where("hash", "=", hash).execute();
}

export async function deleteSession(database: Database, hash: Buffer): Promise<void> {
    await database.deleteFrom("sessions").where("hash", "=", hash).execute();
}

export async function deleteExpiredSessions(database: Database, now: Date): Promise<void> {
    await database.deleteFrom("sessions").where("expires_at", "<=", now).execute();
}

/** The number of sessions that have not run out. */
export async function countSessionRows(database: Database, now: Date): Promise<number> {
    const row = await database
        .selectFrom("sessions")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .where("expires_at", ">", now)
        .executeTakeFirstOrThrow();
    return Number(row.count);
}

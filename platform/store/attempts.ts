import { createHash } from "node:crypto";
import { type Selectable, sql } from "kysely";
import type { AttemptTable, Database } from "./database";

export type AttemptRow = Selectable<AttemptTable>;

/** The words for a counted event, such as `["password", "jane@agency.example", "192.0.2.1"]`. */
export type Counted = readonly string[];

// people may type a password into a user name field, so its text is not kept
function keyOf(counted: Counted): string {
    return createHash("sha256").update(JSON.stringify(counted)).digest("base64url");
}

/** Clocks of replicas may differ by so much. What was counted further ahead was counted by a clock that was wrong. */
const mostAheadMs = 60_000;

/** Counts one more, in a window of time that begins with the first. */
export async function addAttempt(
    database: Database,
    counted: Counted,
    now: Date,
    windowMs: number,
): Promise<AttemptRow> {
    const latest = new Date(now.getTime() + mostAheadMs);
    const isOver = sql<boolean>`(attempts.expires_at <= excluded.last_at or attempts.last_at > ${latest})`;
    return database
        .insertInto("attempts")
        .values({ key: keyOf(counted), count: 1, last_at: now, expires_at: new Date(now.getTime() + windowMs) })
        .onConflict((conflict) =>
            conflict.column("key").doUpdateSet({
                count: sql<number>`case when ${isOver} then 1 else attempts.count + 1 end`,
                last_at: sql<Date>`excluded.last_at`,
                expires_at: sql<Date>`case when ${isOver} then excluded.expires_at else attempts.expires_at end`,
            }),
        )
        .returningAll()
        .executeTakeFirstOrThrow();
}

/** The counts in windows that are not over, in the order asked for. */
export async function findAttempts<T extends readonly Counted[]>(
    database: Database,
    counted: readonly [...T],
    now: Date,
): Promise<{ [K in keyof T]: AttemptRow | undefined }> {
    const keys = counted.map(keyOf);
    const rows = await database
        .selectFrom("attempts")
        .selectAll()
        .where("key", "in", keys)
        .where("expires_at", ">", now)
        .where("last_at", "<=", new Date(now.getTime() + mostAheadMs))
        .execute();
    return keys.map((key) => rows.find((row) => row.key === key)) as { [K in keyof T]: AttemptRow | undefined };
}

export async function forgetAttempts(database: Database, counted: Counted): Promise<void> {
    await database.deleteFrom("attempts").where("key", "=", keyOf(counted)).execute();
}

export async function deleteExpiredAttempts(database: Database, now: Date): Promise<void> {
    await database.deleteFrom("attempts").where("expires_at", "<=", now).execute();
}

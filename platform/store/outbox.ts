import type { Database } from "./database";
import { hasCome } from "./has-come";

export interface OutboxRow {
    id: number;
    kind: string;
    payload: unknown;
}

/** Queues an effect in the transaction that decides it. Until `claimedUntil` nobody else will take it. */
export async function queueEffect(
    database: Database,
    kind: string,
    payload: unknown,
    claimedUntil: Date,
): Promise<OutboxRow> {
    const { id } = await database
        .insertInto("outbox")
        .values({ kind, payload: JSON.stringify(payload), claimed_until: claimedUntil })
        .returning("id")
        .executeTakeFirstOrThrow();
    return { id, kind, payload };
}

/** Takes over effects whose claim has run out, in order. */
export async function claimEffects(database: Database, now: Date, claimedUntil: Date): Promise<OutboxRow[]> {
    const rows = await database
        .updateTable("outbox")
        .set({ claimed_until: claimedUntil })
        .where(hasCome("claimed_until", now, claimedUntil))
        .returning(["id", "kind", "payload"])
        .execute();
    return rows.sort((one, other) => one.id - other.id);
}

/** Until `until` nobody takes an effect: to keep it while it is worked on, or to give it back. */
export async function claimUntil(database: Database, id: number, until: Date): Promise<void> {
    await database.updateTable("outbox").set({ claimed_until: until }).where("id", "=", id).execute();
}

/** Takes an effect off the outbox. Returns false when another process has done so: then the outcome is decided. */
export async function finishEffect(database: Database, id: number): Promise<boolean> {
    const { numDeletedRows } = await database.deleteFrom("outbox").where("id", "=", id).executeTakeFirst();
    return numDeletedRows > 0n;
}

export async function countEffects(database: Database): Promise<number> {
    const row = await database
        .selectFrom("outbox")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
    return Number(row.count);
}

/** Gives up every claim: those who had them are elsewhere. */
export async function releaseEffects(database: Database): Promise<void> {
    await database
        .updateTable("outbox")
        .set({ claimed_until: new Date(0) })
        .execute();
}

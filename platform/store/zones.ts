import { sql } from "kysely";
import type { Database, ZoneRow } from "./database";

export async function listZoneRows(database: Database, accountId: number): Promise<ZoneRow[]> {
    return database.selectFrom("zones").selectAll().where("account_id", "=", accountId).orderBy("name").execute();
}

export async function findZone(database: Database, accountId: number, name: string): Promise<ZoneRow | undefined> {
    return database
        .selectFrom("zones")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("name", "=", name)
        .executeTakeFirst();
}

/** Holds a zone against concurrent changes of its records until the transaction ends. */
export async function lockZone(database: Database, accountId: number, name: string): Promise<ZoneRow | undefined> {
    return database
        .selectFrom("zones")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("name", "=", name)
        .forUpdate()
        .executeTakeFirst();
}

/** A name with every name above it, nearest first. */
function namesAbove(name: string): string[] {
    const labels = name.split(".");
    return labels.map((_, index) => labels.slice(index).join("."));
}

/** The zone of an account that a hostname lies in: the nearest, when zones stand below each other. */
export async function findZoneAround(
    database: Database,
    accountId: number,
    hostname: string,
): Promise<ZoneRow | undefined> {
    return database
        .selectFrom("zones")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("name", "in", namesAbove(hostname))
        .orderBy(sql`length(name)`, "desc")
        .executeTakeFirst();
}

/**
 * Whether another account hosts this zone, one above it or one below it: on name servers that all share, either would
 * take names of the other. Says nothing of whose it is.
 */
export async function isZoneElsewhere(database: Database, accountId: number, name: string): Promise<boolean> {
    const row = await database
        .selectFrom("zones")
        .select("name")
        .where("account_id", "!=", accountId)
        .where(({ eb, or }) =>
            or([eb("name", "in", namesAbove(name)), eb(sql`right(name, ${name.length + 1})`, "=", `.${name}`)]),
        )
        .executeTakeFirst();
    return row !== undefined;
}

/** Holds all zones, so that two that overlap cannot both be added. Reading goes on. */
export async function lockZones(database: Database): Promise<void> {
    await sql`lock table zones in share row exclusive mode`.execute(database);
}

export async function insertZone(database: Database, accountId: number, name: string): Promise<void> {
    await database.insertInto("zones").values({ account_id: accountId, name }).execute();
}

/** Returns whether there was such a zone. */
export async function deleteZoneRow(database: Database, accountId: number, name: string): Promise<boolean> {
    const { numDeletedRows } = await database
        .deleteFrom("zones")
        .where("account_id", "=", accountId)
        .where("name", "=", name)
        .executeTakeFirst();
    return numDeletedRows > 0n;
}

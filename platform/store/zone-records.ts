import { type Selectable, sql } from "kysely";
import type { RecordType } from "../dns/record-data";
import type { ZoneRecord } from "../dns/zone-record";
import type { Database, ZoneRecordTable } from "./database";

const recordOf = ({ name, type, ttl_seconds, data }: Selectable<ZoneRecordTable>): ZoneRecord => ({
    name,
    type,
    ttlSeconds: ttl_seconds,
    data,
});

/** The records of a zone, or of one name in it, by name and type. */
export async function listRecords(
    database: Database,
    accountId: number,
    zone: string,
    name?: string,
): Promise<ZoneRecord[]> {
    let query = database
        .selectFrom("zone_records")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("zone", "=", zone)
        .orderBy("name")
        .orderBy("type");
    if (name !== undefined) query = query.where("name", "=", name);
    return (await query.execute()).map(recordOf);
}

export async function countRecords(database: Database, accountId: number, zone: string): Promise<number> {
    const row = await database
        .selectFrom("zone_records")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .where("account_id", "=", accountId)
        .where("zone", "=", zone)
        .executeTakeFirstOrThrow();
    return Number(row.count);
}

/** Adds a record, or gives the one of that name and type new data. */
export async function putRecord(
    database: Database,
    accountId: number,
    zone: string,
    { name, type, ttlSeconds, data }: ZoneRecord,
): Promise<void> {
    const content = { ttl_seconds: ttlSeconds, data: JSON.stringify(data) };
    await database
        .insertInto("zone_records")
        .values({ account_id: accountId, zone, name, type, ...content })
        .onConflict((conflict) => conflict.columns(["zone", "name", "type"]).doUpdateSet(content))
        .execute();
}

/** Deletes the records of a name that have one of these types; returns their number. */
export async function deleteRecords(
    database: Database,
    accountId: number,
    zone: string,
    name: string,
    types: readonly RecordType[],
): Promise<number> {
    const { numDeletedRows } = await database
        .deleteFrom("zone_records")
        .where("account_id", "=", accountId)
        .where("zone", "=", zone)
        .where("name", "=", name)
        .where("type", "in", types)
        .executeTakeFirst();
    return Number(numDeletedRows);
}

/**
 * Deletes the records that lead these hostnames to the platform, in every zone of the account. Records that lead
 * elsewhere stay.
 */
export async function deleteAliasesToEdge(
    database: Database,
    accountId: number,
    hostnames: readonly string[],
    edgeDomain: string,
): Promise<void> {
    await database
        .deleteFrom("zone_records")
        .where("account_id", "=", accountId)
        .where("name", "in", hostnames)
        .where("type", "in", ["ALIAS", "CNAME"])
        .where(sql`data ->> 0`, "=", sql`name || ${`.${edgeDomain}`}`)
        .execute();
}

/** An environment that serves a name of a zone. */
export interface ServedName {
    hostname: string;
    environment_id: number;
    environment_name: string;
    application_id: number;
    application_name: string;
}

/**
 * The account's domains in a zone with every environment that serves them: those of split applications share the
 * root's.
 */
export async function listServedNames(database: Database, accountId: number, zone: string): Promise<ServedName[]> {
    return database
        .selectFrom("domains")
        .innerJoin("environments as own", "own.id", "domains.environment_id")
        .innerJoin("applications", (join) =>
            join.on(({ eb, or }) =>
                or([
                    eb("applications.id", "=", eb.ref("domains.application_id")),
                    eb("applications.root_id", "=", eb.ref("domains.application_id")),
                ]),
            ),
        )
        .innerJoin("environments", (join) =>
            join
                .onRef("environments.application_id", "=", "applications.id")
                .onRef("environments.name", "=", "own.name"),
        )
        .select([
            "domains.hostname",
            "environments.id as environment_id",
            "environments.name as environment_name",
            "applications.id as application_id",
            "applications.name as application_name",
        ])
        .where("domains.account_id", "=", accountId)
        .where("applications.state", "=", "ready")
        .where("environments.state", "=", "ready")
        .where(({ eb, or }) =>
            or([
                eb("domains.hostname", "=", zone),
                eb(sql`right(domains.hostname, ${zone.length + 1})`, "=", `.${zone}`),
            ]),
        )
        .orderBy("domains.hostname")
        .orderBy("applications.id")
        .execute();
}

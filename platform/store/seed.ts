import { sql } from "kysely";
import type { StoredClaim } from "./column";
import type { Database } from "./database";

/** Tables whose ids others write down: in programs, states and addresses. */
const numbered = ["users", "accounts", "applications"] as const;

/** True while nobody and nothing is on the platform. */
export async function isEmpty(database: Database): Promise<boolean> {
    for (const table of numbered)
        if ((await database.selectFrom(table).select("id").limit(1).executeTakeFirst()) !== undefined) return false;
    return true;
}

/** A user with the id they have elsewhere. */
export async function seedUser(
    database: Database,
    user: { id: number; email: string; email_key: string; verified: boolean },
): Promise<void> {
    await database.insertInto("users").values(user).execute();
}

/** An account with the id it has elsewhere. */
export async function seedAccount(
    database: Database,
    account: { id: number; name: string; owner_id: number; claim?: StoredClaim },
): Promise<void> {
    await database.insertInto("accounts").values(account).execute();
}

/** An application with the id it has elsewhere; its repository is there already. */
export async function seedApplication(
    database: Database,
    application: { id: number; account_id: number; name: string; claim?: StoredClaim },
): Promise<void> {
    await database
        .insertInto("applications")
        .values({ ...application, state: "ready" })
        .execute();
}

/** Has the next ids follow the highest that are there. */
export async function skipSeededIds(database: Database): Promise<void> {
    for (const table of numbered)
        await sql`select setval(pg_get_serial_sequence(${table}, 'id'), (select max(id) from ${sql.table(table)})) from ${sql.table(table)} limit 1`.execute(
            database,
        );
}

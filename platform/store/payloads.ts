import type { Insertable } from "kysely";
import type { Database, PayloadTable } from "./database";

export async function insertPayload(database: Database, payload: Insertable<PayloadTable>): Promise<void> {
    await database.insertInto("payloads").values(payload).execute();
}

/** Those of `ids` that an account has. */
export async function findPayloads(database: Database, accountId: number, ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await database
        .selectFrom("payloads")
        .select("id")
        .where("account_id", "=", accountId)
        .where("id", "in", ids)
        .execute();
    return rows.map(({ id }) => id);
}

/** Every payload of the platform: for comparing rows with files. */
export async function listEveryPayload(database: Database): Promise<{ id: string; accountId: number }[]> {
    const rows = await database.selectFrom("payloads").select(["id", "account_id"]).orderBy("created_at").execute();
    return rows.map(({ id, account_id }) => ({ id, accountId: account_id }));
}

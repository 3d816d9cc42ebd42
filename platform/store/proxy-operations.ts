import type { Insertable, Selectable } from "kysely";
import type { Database, ProxyOperationTable } from "./database";

export type ProxyOperationRow = Omit<Selectable<ProxyOperationTable>, "id"> & { id: number };

/** Notes an operation; of an environment's older ones only the newest `kept` stay. */
export async function insertProxyOperation(
    database: Database,
    operation: Insertable<ProxyOperationTable>,
    kept: number,
): Promise<void> {
    await database.insertInto("proxy_operations").values(operation).execute();
    const { account_id, environment_id } = operation;
    await database
        .deleteFrom("proxy_operations")
        .where("account_id", "=", account_id)
        .where("environment_id", "=", environment_id)
        .where("id", "<=", ({ selectFrom }) =>
            selectFrom("proxy_operations")
                .select("id")
                .where("environment_id", "=", environment_id)
                .orderBy("id", "desc")
                .offset(kept)
                .limit(1),
        )
        .execute();
}

/** Newest first; `before` is the id of the last one of the page before. */
export async function listProxyOperationRows(
    database: Database,
    accountId: number,
    environmentId: number,
    proxy: string,
    page: { limit: number; before?: number },
): Promise<ProxyOperationRow[]> {
    let query = database
        .selectFrom("proxy_operations")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("environment_id", "=", environmentId)
        .where("proxy", "=", proxy)
        .orderBy("id", "desc")
        .limit(page.limit);
    if (page.before !== undefined) query = query.where("id", "<", page.before);
    return (await query.execute()).map((row) => ({ ...row, id: Number(row.id) }));
}

import type { Insertable, Selectable } from "kysely";
import type { ChangeTable, Database } from "./database";

export type ChangeRow = Omit<Selectable<ChangeTable>, "id"> & { id: number };

export interface ChangePage {
    limit: number;
    /** The id of the last one of the page before. */
    before?: number;
    /** Nothing older than this. */
    since?: Date;
}

export async function insertChanges(database: Database, changes: readonly Insertable<ChangeTable>[]): Promise<void> {
    if (changes.length > 0) await database.insertInto("changes").values(changes).execute();
}

/** Newest first. */
export async function listChangeRows(
    database: Database,
    accountId: number,
    { limit, before, since }: ChangePage,
): Promise<ChangeRow[]> {
    let query = database
        .selectFrom("changes")
        .selectAll()
        .where("account_id", "=", accountId)
        .orderBy("id", "desc")
        .limit(limit);
    if (before !== undefined) query = query.where("id", "<", before);
    if (since !== undefined) query = query.where("at", ">=", since);
    return (await query.execute()).map((row) => ({ ...row, id: Number(row.id) }));
}

export async function deleteChangesBefore(database: Database, before: Date): Promise<void> {
    await database.deleteFrom("changes").where("at", "<", before).execute();
}

import { sql } from "kysely";
import { isProblem } from "section-model";
import type { Database } from "./database";
import { listTables } from "./schema";

/** Something that a table does not give back as it was written. */
export interface TableFault {
    kind: "table-damaged";
    message: string;
}

/** The indexes of a table that have each of its rows, with the columns that they sort by. */
async function listIndexes(database: Database, table: string): Promise<{ index: string; columns: string }[]> {
    const { rows } = await sql<{ index: string; columns: string }>`
        select indexes.relname as index, string_agg(quote_ident(columns.attname), ', ' order by keys.place) as columns
        from pg_index
        join pg_class as tables on tables.oid = pg_index.indrelid
        join pg_namespace as places on places.oid = tables.relnamespace and places.nspname = current_schema()
        join pg_class as indexes on indexes.oid = pg_index.indexrelid
        cross join unnest(pg_index.indkey::int2[]) with ordinality as keys (number, place)
        join pg_attribute as columns on columns.attrelid = tables.oid and columns.attnum = keys.number
        where tables.relname = ${table} and indpred is null and indexprs is null
        group by indexes.relname order by indexes.relname`.execute(database);
    return rows;
}

/** Reads every row in the order of the table, with values that are stored elsewhere. */
async function countRows(database: Database, table: string): Promise<number> {
    return database.transaction().execute(async (transaction) => {
        await sql`set local enable_indexscan = off`.execute(transaction);
        await sql`set local enable_indexonlyscan = off`.execute(transaction);
        await sql`set local enable_bitmapscan = off`.execute(transaction);
        const { rows } = await sql<{ count: number; length: number }>`
            select count(*)::int as count, sum(length(rows::text)) as length from ${sql.table(table)} as rows`.execute(
            transaction,
        );
        return rows[0]?.count ?? 0;
    });
}

/** Reads every row by an index. */
async function countIndexed(database: Database, table: string, columns: string): Promise<number> {
    return database.transaction().execute(async (transaction) => {
        await sql`set local enable_seqscan = off`.execute(transaction);
        await sql`set local enable_sort = off`.execute(transaction);
        await sql`set local enable_bitmapscan = off`.execute(transaction);
        await sql`set local enable_indexonlyscan = off`.execute(transaction);
        const { rows } = await sql<{ count: number }>`
            select count(*)::int as count from
            (select 1 from ${sql.table(table)} order by ${sql.raw(columns)} offset 0) as rows`.execute(transaction);
        return rows[0]?.count ?? 0;
    });
}

async function inspectTable(database: Database, table: string): Promise<string[]> {
    const count = await countRows(database, table);
    const wrong: string[] = [];
    for (const { index, columns } of await listIndexes(database, table)) {
        const indexed = await countIndexed(database, table, columns);
        if (indexed !== count)
            wrong.push(`table ${table} has ${count} rows, and its index ${index} leads to ${indexed}`);
    }
    return wrong;
}

/**
 * Reads every row of every table, as they stand and by each index: pages that are cut off or changed are found. Rows
 * that change meanwhile can make a count differ: then it is counted again.
 */
export async function inspectTables(database: Database): Promise<TableFault[]> {
    const faults: TableFault[] = [];
    for (const table of await listTables(database)) {
        const look = () =>
            inspectTable(database, table).catch((error: Error) => [
                `table ${table} cannot be read: ${isProblem(error) ? error.detail : error.message}`,
            ]);
        const first = await look();
        const lasting = first.length === 0 ? [] : (await look()).length === 0 ? [] : await look();
        faults.push(...lasting.map((message) => ({ kind: "table-damaged" as const, message })));
    }
    return faults;
}

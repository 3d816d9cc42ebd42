import { open } from "node:fs/promises";
import path from "node:path";
import { sql } from "kysely";
import { Problem } from "section-model";
import type { Database } from "./database";
import { currentMigration, listTables, requireKnownMigration } from "./schema";

export interface Dump {
    migration: string;
    /** Rows of each table. */
    tables: Record<string, number>;
    /** The last number that each sequence has given; null: none yet. */
    sequences: Record<string, number | null>;
}

const rowsAtOnce = 500;

/** The file that holds the rows of a table. */
export function dumpFile(folder: string, table: string): string {
    return path.join(folder, `${table}.jsonl`);
}

/** Writes a table as lines of JSON, the way PostgreSQL itself writes and reads each type. */
async function dumpTable(transaction: Database, folder: string, table: string): Promise<number> {
    const handle = await open(dumpFile(folder, table), "wx", 0o600);
    try {
        let rows = 0;
        await sql`declare dump no scroll cursor for select to_jsonb(t)::text as line from ${sql.table(table)} t`.execute(
            transaction,
        );
        for (;;) {
            const { rows: fetched } = await sql<{ line: string }>`fetch ${sql.lit(rowsAtOnce)} from dump`.execute(
                transaction,
            );
            if (fetched.length === 0) break;
            rows += fetched.length;
            await handle.write(fetched.map(({ line }) => `${line}\n`).join(""));
        }
        await sql`close dump`.execute(transaction);
        return rows;
    } finally {
        await handle.close();
    }
}

/**
 * Writes every table as it is at one moment, a file each, while others go on writing. The embedded database has one
 * connection: others wait until this is done, so it writes to the disk and to nothing slower.
 *
 * @param within asks for more of the same moment
 */
export async function dumpTables<T>(
    database: Database,
    folder: string,
    within: (transaction: Database) => Promise<T>,
): Promise<{ dump: Dump; more: T }> {
    return database
        .transaction()
        .setIsolationLevel("repeatable read")
        .setAccessMode("read only")
        .execute(async (transaction) => {
            const migration = await currentMigration(transaction);
            if (migration === undefined)
                throw new Problem("invalid-input", "the database is empty: no platform has used it", {
                    remedy: "Name another one",
                });
            requireKnownMigration(migration);
            const more = await within(transaction);
            const tables: Record<string, number> = {};
            for (const table of await listTables(transaction))
                tables[table] = await dumpTable(transaction, folder, table);
            return { dump: { migration, tables, sequences: await readSequences(transaction) }, more };
        });
}

/** Sequences know no moments: read last, none can be behind a row. */
async function readSequences(transaction: Database): Promise<Record<string, number | null>> {
    const { rows } = await sql<{ name: string; last: number | null }>`
        select sequencename as name, last_value as last from pg_sequences where schemaname = current_schema() order by sequencename`.execute(
        transaction,
    );
    return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
}

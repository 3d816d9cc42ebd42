import { isDeepStrictEqual } from "node:util";
import { Migrator, sql } from "kysely";
import { Problem } from "section-model";
import type { Database } from "./database";
import { migrations } from "./migrations";

const known = Object.keys(migrations).sort();

/**
 * Brings a database to the newest schema, or to that of a named migration; one process at a time. The migrator looks at
 * every table first, which takes a tenth of a start: one that is there needs no migrator.
 */
export async function migrate(database: Database, name?: string): Promise<void> {
    if (name === undefined && isDeepStrictEqual(await listMigrations(database), known)) return;
    const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } });
    const { error } = await (name === undefined ? migrator.migrateToLatest() : migrator.migrateTo(name));
    if (error !== undefined) throw error;
}

/** The names of our tables, in order. */
export async function listTables(database: Database): Promise<string[]> {
    const { rows } = await sql<{ name: string }>`
        select tablename as name from pg_tables where schemaname = current_schema() and tablename not like 'kysely\\_%' order by tablename`.execute(
        database,
    );
    return rows.map(({ name }) => name);
}

/** The names of the migrations that a database has had, in order. */
async function listMigrations(database: Database): Promise<string[]> {
    const { rows: tables } = await sql<{ isThere: boolean }>`
        select to_regclass('kysely_migration') is not null as "isThere"`.execute(database);
    if (tables[0]?.isThere !== true) return [];
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(database);
    return rows.map(({ name }) => name).sort();
}

/** The migration that a database is at; undefined when nobody has used it yet. */
export async function currentMigration(database: Database): Promise<string | undefined> {
    return (await listMigrations(database)).at(-1);
}

/** Throws `backup-newer` for a schema that this platform does not know. */
export function requireKnownMigration(name: string): void {
    if (!known.includes(name))
        throw new Problem("backup-newer", `the rows are of schema ${name}, this platform knows up to ${known.at(-1)}`);
}

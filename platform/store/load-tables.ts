import { createReadStream } from "node:fs";
import { sql } from "kysely";
import { Problem } from "section-model";
import type { Database } from "./database";
import { type Dump, dumpFile } from "./dump-tables";
import { listTables } from "./schema";

const lettersAtOnce = 2 * 1024 * 1024;
const rowsAtOnce = 1000;

/** By line feeds alone: others end lines at characters that a value can hold. */
async function* linesOf(file: string): AsyncGenerator<string> {
    let rest = "";
    for await (const chunk of createReadStream(file, "utf8")) {
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        yield* lines;
    }
    if (rest !== "") yield rest;
}

async function* batches(file: string): AsyncGenerator<string[]> {
    let batch: string[] = [];
    let letters = 0;
    for await (const line of linesOf(file)) {
        batch.push(line);
        letters += line.length;
        if (batch.length < rowsAtOnce && letters < lettersAtOnce) continue;
        yield batch;
        batch = [];
        letters = 0;
    }
    if (batch.length > 0) yield batch;
}

async function loadTable(transaction: Database, folder: string, table: string): Promise<number> {
    let rows = 0;
    for await (const batch of batches(dumpFile(folder, table))) {
        await sql`insert into ${sql.table(table)} overriding system value
            select * from jsonb_populate_recordset(null::${sql.table(table)}, ${`[${batch.join(",")}]`}::jsonb)`.execute(
            transaction,
        );
        rows += batch.length;
    }
    return rows;
}

interface ForeignKey {
    table: string;
    name: string;
}

/**
 * Rows may come before the rows they refer to, because tables come by name, and some refer to themselves: rules are
 * checked at the end.
 */
async function postponeForeignKeys(transaction: Database, work: () => Promise<void>): Promise<void> {
    const { rows } = await sql<ForeignKey>`
        select r.relname as "table", c.conname as name from pg_constraint c join pg_class r on r.oid = c.conrelid
        where c.contype = 'f' and not c.condeferrable and c.connamespace = current_schema()::regnamespace`.execute(
        transaction,
    );
    const alter = async (how: string) => {
        for (const { table, name } of rows)
            await sql`alter table ${sql.table(table)} alter constraint ${sql.ref(name)} ${sql.raw(how)}`.execute(
                transaction,
            );
    };
    await alter("deferrable initially deferred");
    await work();
    await sql`set constraints all immediate`.execute(transaction);
    await alter("not deferrable");
}

/**
 * Puts a dump into a database of the same schema, in a transaction of the caller. Rows that are there, such as those
 * from migrations, are removed first.
 */
export async function loadTables(
    transaction: Database,
    folder: string,
    dump: Pick<Dump, "tables" | "sequences">,
): Promise<void> {
    const here = await listTables(transaction);
    const there = Object.keys(dump.tables).sort();
    if (here.join() !== there.join())
        throw new Problem(
            "backup-damaged",
            `the backup is damaged: its tables are ${there.join(", ")}, not ${here.join(", ")}`,
        );
    await sql`truncate ${sql.join(here.map((table) => sql.table(table)))}`.execute(transaction);
    await postponeForeignKeys(transaction, async () => {
        for (const [table, expected] of Object.entries(dump.tables)) {
            const rows = await loadTable(transaction, folder, table);
            if (rows !== expected)
                throw new Problem(
                    "backup-damaged",
                    `the backup is damaged: ${table} has ${rows} rows, not ${expected}`,
                );
        }
    });
    for (const [name, last] of Object.entries(dump.sequences))
        if (last !== null) await sql`select setval(quote_ident(${name})::regclass, ${last})`.execute(transaction);
}

/** Takes away every table of a database in which nothing else was before. */
export async function dropTables(database: Database): Promise<void> {
    const tables = [...(await listTables(database)), "kysely_migration", "kysely_migration_lock"];
    await sql`drop table if exists ${sql.join(tables.map((table) => sql.table(table)))} cascade`.execute(database);
}

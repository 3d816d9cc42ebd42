import { sql } from "kysely";
import type { Database } from "./database";

/**
 * Does work that a PostgreSQL server does by itself and the embedded database does not: counts tables again that have
 * changed much, so that queries are planned by the present rows, and gives back the room of rows that are gone. A table
 * at a time, each only when it is due.
 *
 * @returns the tables that it did something for
 */
export async function keepUp(database: Database): Promise<string[]> {
    await sql`select pg_stat_force_next_flush()`.execute(database); // counts of the last second too
    // the thresholds are PostgreSQL's own
    const { rows } = await sql<{ relname: string; hasLeft: boolean }>`
        select relname, n_dead_tup > 50 + 0.2 * n_live_tup as "hasLeft" from pg_stat_user_tables
        where n_mod_since_analyze > 50 + 0.1 * n_live_tup or n_dead_tup > 50 + 0.2 * n_live_tup
        order by relname`.execute(database);
    for (const { relname, hasLeft } of rows)
        await sql`${sql.raw(hasLeft ? "vacuum (analyze)" : "analyze")} ${sql.table(relname)}`.execute(database);
    return rows.map(({ relname }) => relname);
}

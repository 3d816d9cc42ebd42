import { type Kysely, sql } from "kysely";

const claimable = ["accounts", "memberships", "applications", "environments", "domains"];

const statements = [
    // null: nobody holds it
    ...claimable.map((table) => `alter table ${table} add column claim jsonb`),
    // its one row is not made here: a database that is copied before a platform has used it has no identity yet
    `create table identity (id text not null, is_only boolean primary key default true check (is_only))`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

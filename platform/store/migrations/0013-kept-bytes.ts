import { type Kysely, sql } from "kysely";

const statements = [
    // a table of its own: it is written by housekeeping only, and nobody who reads an application needs it
    `create table repository_sizes (
        application_id integer primary key references applications on delete cascade, bytes bigint not null)`,
    `create index accounts_owner on accounts (owner_id)`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

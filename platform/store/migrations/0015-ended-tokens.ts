import { type Kysely, sql } from "kysely";

const statements = [
    `alter table revoked_tokens add column cause text not null default 'revoked' check (cause in ('revoked', 'maker', 'user'))`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

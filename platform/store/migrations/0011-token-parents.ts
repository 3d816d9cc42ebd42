import { type Kysely, sql } from "kysely";

const statements = [
    `alter table tokens add column made_by text references tokens on delete cascade`,
    `create index tokens_made_by on tokens (made_by)`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

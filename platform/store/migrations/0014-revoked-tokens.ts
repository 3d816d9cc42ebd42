import { type Kysely, sql } from "kysely";

const statements = [
    `create table revoked_tokens (id text primary key, hash bytea not null, revoked_at timestamptz not null default now())`,
    `create index revoked_tokens_at on revoked_tokens (revoked_at)`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

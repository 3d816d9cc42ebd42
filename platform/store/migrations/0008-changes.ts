import { type Kysely, sql } from "kysely";

const statements = [
    `create table changes (
        id bigserial primary key, account_id integer not null references accounts on delete cascade, at timestamptz not null default now(),
        kind text not null, thing jsonb not null, value_from text, value_to text,
        user_name text, user_email text, command text, request_id text, check ((user_email is null) <> (command is null)))`,
    `create index changes_account on changes (account_id, id)`,
    `create index changes_at on changes (at)`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

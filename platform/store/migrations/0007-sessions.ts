import { type Kysely, sql } from "kysely";

const statements = [
    `create table sessions (
        hash bytea primary key, user_id integer not null references users on delete cascade, token_id text references tokens on delete cascade,
        password_digest bytea, expires_at timestamptz not null, ends_at timestamptz not null, created_at timestamptz not null default now(),
        check ((token_id is null) <> (password_digest is null)))`,
    `create index sessions_user on sessions (user_id)`,
    `create index sessions_token on sessions (token_id)`,
    `create index sessions_expiry on sessions (expires_at)`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

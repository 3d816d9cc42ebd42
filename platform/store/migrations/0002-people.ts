import { type Kysely, sql } from "kysely";

const statements = [
    `alter table users
        add column requires_2fa boolean not null default false,
        add column totp_secret bytea, add column totp_pending bytea, add column totp_last_step integer`,
    `alter table accounts
        add column requires_2fa boolean not null default false,
        add column application_limit integer check (application_limit >= 0)`,
    `create table links (
        hash bytea primary key, kind text not null check (kind in ('accept', 'email')), user_id integer not null references users on delete cascade,
        email text, expires_at timestamptz not null)`,
    `create index links_user on links (user_id)`,
    `create table attempts (key text primary key, count integer not null, last_at timestamptz not null, expires_at timestamptz not null)`,
    `create index attempts_expiry on attempts (expires_at)`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

import { type Kysely, sql } from "kysely";

const statements = [
    `create table deleted_accounts (
        account_id integer primary key, name text not null, deleted_by text not null, deleted_at timestamptz not null default now())`,
    `create index deleted_accounts_at on deleted_accounts (deleted_at)`,
    `create table former_members (
        account_id integer not null references deleted_accounts on delete cascade, user_id integer not null references users on delete cascade,
        primary key (account_id, user_id))`,
    `create index former_members_user on former_members (user_id)`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

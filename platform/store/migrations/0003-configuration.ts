import { type Kysely, sql } from "kysely";

const statements = [
    `alter table environments add column outage_page text, add column dns_bypassed boolean not null default false`,
    `create table proxy_operations (
        id bigserial primary key, account_id integer not null references accounts on delete cascade,
        environment_id integer not null references environments on delete cascade, proxy text not null, operation text not null, parameter text,
        is_async boolean not null default false, caller_name text not null, caller_email text not null, created_at timestamptz not null default now())`,
    `create index proxy_operations_environment on proxy_operations (environment_id, id)`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

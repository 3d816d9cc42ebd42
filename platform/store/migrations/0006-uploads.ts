import { type Kysely, sql } from "kysely";

const statements = [
    `create table payloads (
        id text primary key, account_id integer not null references accounts on delete cascade,
        application_id integer not null references applications on delete cascade, uploaded_by integer references users on delete set null,
        bytes bigint not null, sha256 text not null, created_at timestamptz not null default now())`,
    `create index payloads_account on payloads (account_id)`,
    `create index payloads_application on payloads (application_id)`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

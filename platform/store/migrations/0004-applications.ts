import { type Kysely, sql } from "kysely";

const statements = [
    `alter table applications add column root_id integer references applications, add column path_prefix text not null default '/'`,
    `create unique index applications_prefix on applications (root_id, path_prefix)`,
    `alter table domains add column engaged_checked_at timestamptz, add column check_due_at timestamptz not null default now()`,
    `create index domains_check_due on domains (check_due_at)`,
    `create table zones (
        name text constraint zones_name primary key, account_id integer not null references accounts on delete cascade, created_at timestamptz not null default now())`,
    `create index zones_account on zones (account_id)`,
    `create table zone_records (
        zone text not null references zones on delete cascade, account_id integer not null references accounts on delete cascade,
        name text not null, type text not null, ttl_seconds integer not null, data jsonb not null, primary key (zone, name, type))`,
    `create index zone_records_account on zone_records (account_id)`,
    // effects on environments name every application they touch since applications can be split
    `update outbox set payload = payload || jsonb_build_object('places', jsonb_build_array(
        jsonb_build_object('applicationId', payload -> 'applicationId', 'environmentId', payload -> 'environmentId')))
        where kind in ('create-environment', 'delete-environment')`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

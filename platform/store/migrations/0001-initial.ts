import { type Kysely, sql } from "kysely";

const statements = [
    `create table users (
        id serial primary key, email text not null, email_key text not null constraint users_email unique,
        first_name text not null default '', last_name text not null default '', company_name text not null default '', phone_number text not null default '',
        password_hash text, verified boolean not null default false, created_at timestamptz not null default now())`,
    `create table tokens (
        id text primary key, user_id integer not null references users on delete cascade, description text not null, hash bytea not null,
        scope text not null check (scope in ('read', 'write')), expires_at timestamptz, last_used_at timestamptz, created_at timestamptz not null default now())`,
    `create table accounts (
        id serial primary key, name text not null, owner_id integer not null references users, created_at timestamptz not null default now())`,
    `create table memberships (
        account_id integer not null references accounts on delete cascade, user_id integer not null references users on delete cascade,
        capability text not null check (capability in ('admin', 'restrictions-editor', 'state', 'readonly')), created_at timestamptz not null default now(),
        primary key (account_id, user_id))`,
    `create index memberships_user on memberships (user_id)`,
    `create table applications (
        id serial primary key, account_id integer not null references accounts, name text not null,
        state text not null check (state in ('creating', 'ready', 'deleting')), created_at timestamptz not null default now())`,
    `create index applications_account on applications (account_id)`,
    `create table environments (
        id serial primary key, account_id integer not null references accounts, application_id integer not null references applications on delete cascade,
        name text not null, state text not null check (state in ('creating', 'ready', 'deleting')), created_at timestamptz not null default now())`,
    `create unique index environments_name on environments (application_id, lower(name))`,
    `create table domains (
        hostname text constraint domains_hostname primary key, account_id integer not null references accounts,
        application_id integer not null references applications on delete cascade, environment_id integer not null references environments on delete cascade,
        engaged boolean not null default false, created_at timestamptz not null default now())`,
    `create index domains_application on domains (application_id)`,
    `create index domains_account on domains (account_id)`,
    `create table outbox (id serial primary key, kind text not null, payload jsonb not null, claimed_until timestamptz not null)`,
    `create table deployments (
        id serial primary key, account_id integer not null references accounts on delete cascade, environment_id integer not null references environments on delete cascade,
        commit text not null, author_name text not null, author_email text not null, created_at timestamptz not null default now())`,
    `create index deployments_environment on deployments (environment_id, id)`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

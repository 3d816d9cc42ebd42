import { type Kysely, sql } from "kysely";

const statements = [
    // rows of a domain belong to its account
    `alter table domains add constraint domains_owner unique (hostname, account_id)`,
    `create table certificates (
        hostname text primary key, account_id integer not null,
        foreign key (hostname, account_id) references domains (hostname, account_id) on update cascade on delete cascade,
        type text not null check (type in ('letsencrypt', 'custom')), chain text not null, private_key bytea not null,
        expires_at timestamptz not null, renew_from timestamptz, issued_at timestamptz not null)`,
    `create index certificates_renewal on certificates (renew_from)`,
    `create table certificate_orders (
        hostname text primary key, account_id integer not null,
        foreign key (hostname, account_id) references domains (hostname, account_id) on update cascade on delete cascade,
        due_at timestamptz, attempts integer not null default 0, claim text, claimed_until timestamptz,
        order_url text, private_key bytea, challenge_token text, key_authorization text, last_error text)`,
    `create index certificate_orders_due on certificate_orders (due_at)`,
    `create table acme_accounts (directory text primary key, private_key bytea not null, created_at timestamptz not null default now())`,
    `create index domains_engaged on domains (hostname) where engaged`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

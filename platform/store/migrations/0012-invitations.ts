import { type Kysely, sql } from "kysely";

const statements = [
    // until the invitation is accepted the account sees what the inviter wrote, under a number that is nobody's
    `alter table memberships
        add column invitation jsonb, add column invited_as integer, add column invited_at timestamptz,
        add column invited_by integer references users on delete set null, add column used_at timestamptz`,
    `create unique index memberships_invited_as on memberships (account_id, invited_as)`,
    `create index memberships_invited on memberships (invited_at) where invitation is not null`,
    `update memberships set invited_as = users.id, invited_at = now(), invitation = jsonb_build_object('email', users.email,
        'first_name', users.first_name, 'last_name', users.last_name, 'phone_number', users.phone_number)
        from users where users.id = user_id and not users.verified`,
    `alter table links add column account_id integer references accounts on delete cascade`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

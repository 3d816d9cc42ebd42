import { type Kysely, sql } from "kysely";

const statements = [
    // an agency invites the same person to a thousand accounts: what they accepted, and whether somebody has invited
    // them, is found without reading all of those
    `create index memberships_accepted on memberships (user_id) where invitation is null`,
    `drop index memberships_user`,
    `create index memberships_user on memberships (user_id, invited_by)`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

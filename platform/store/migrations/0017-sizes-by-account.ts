import { type Kysely, sql } from "kysely";

const statements = [
    // what an organization keeps is added up for each site and each commit in it: without a look at its applications
    `alter table repository_sizes add column account_id integer references accounts on delete cascade`,
    `update repository_sizes set account_id = applications.account_id
        from applications where applications.id = application_id`,
    `alter table repository_sizes alter column account_id set not null`,
    `create index repository_sizes_account on repository_sizes (account_id) include (bytes)`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
}

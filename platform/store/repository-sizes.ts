import { sql } from "kysely";
import type { Database } from "./database";

/** Notes how much a repository has; nothing when its application is gone. */
export async function setRepositorySize(database: Database, applicationId: number, bytes: number): Promise<void> {
    await sql`insert into repository_sizes (application_id, account_id, bytes)
        select id, account_id, ${bytes} from applications where id = ${applicationId}
        on conflict (application_id) do update set bytes = excluded.bytes`.execute(database);
}

/** What an account has that its limits are about. */
export interface AccountSize {
    /** In any state. */
    applications: number;
    /** Of its repositories, as they were last measured, and of its uploads. */
    keptBytes: number;
}

export async function measureAccount(database: Database, accountId: number): Promise<AccountSize> {
    const { rows } = await sql<AccountSize>`
        select (select count(*) from applications where account_id = ${accountId})::integer as applications,
            (coalesce((select sum(bytes) from repository_sizes where account_id = ${accountId}), 0)
            + coalesce((select sum(bytes) from payloads where account_id = ${accountId}), 0))::float8 as "keptBytes"`.execute(
        database,
    );
    return rows[0] as AccountSize;
}

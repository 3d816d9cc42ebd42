import { sql } from "kysely";
import type { Database } from "./database";

/** Notes how much a repository has; nothing when its application is gone. */
export async function setRepositorySize(database: Database, applicationId: number, bytes: number): Promise<void> {
    await sql`insert into repository_sizes select id, ${bytes} from applications where id = ${applicationId}
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
        select count(*)::integer as applications,
            (coalesce(sum(repository_sizes.bytes), 0)
                + coalesce((select sum(bytes) from payloads where account_id = ${accountId}), 0))::float8 as "keptBytes"
            from applications left join repository_sizes on application_id = applications.id
            where account_id = ${accountId}`.execute(database);
    return rows[0] as AccountSize; // counts are there without a row
}

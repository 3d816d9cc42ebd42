import { sql } from "kysely";
import type { Database } from "./database";

/** Notes how much a repository has; nothing when its application is gone. */
export async function setRepositorySize(database: Database, applicationId: number, bytes: number): Promise<void> {
    await sql`insert into repository_sizes select id, ${bytes} from applications where id = ${applicationId}
        on conflict (application_id) do update set bytes = excluded.bytes`.execute(database);
}

/** The bytes of an account's repositories, as they were last measured, and of its uploads. */
export async function sumKeptBytes(database: Database, accountId: number): Promise<number> {
    const { rows } = await sql<{ bytes: number }>`
        select (coalesce((select sum(repository_sizes.bytes) from repository_sizes
                join applications on applications.id = application_id where account_id = ${accountId}), 0)
            + coalesce((select sum(bytes) from payloads where account_id = ${accountId}), 0))::float8 as bytes`.execute(
        database,
    );
    return rows[0]?.bytes ?? 0;
}

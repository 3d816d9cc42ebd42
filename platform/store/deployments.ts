import type { Insertable } from "kysely";
import type { Database, DeploymentTable } from "./database";

export async function insertDeployment(database: Database, deployment: Insertable<DeploymentTable>): Promise<void> {
    await database.insertInto("deployments").values(deployment).execute();
}

/** Newest first. */
export async function listDeploymentRows(database: Database, accountId: number, environmentId: number, limit: number) {
    return database
        .selectFrom("deployments")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("environment_id", "=", environmentId)
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
}

import type { Database, DomainRow } from "./database";

export interface DomainFilter {
    applicationId?: number;
    environmentId?: number;
    engaged?: boolean;
}

export async function listDomains(database: Database, accountId: number, filter: DomainFilter = {}): Promise<DomainRow[]> {
    let query = database.selectFrom("domains").selectAll().where("account_id", "=", accountId).orderBy("created_at").orderBy("hostname");
    if (filter.applicationId !== undefined) query = query.where("application_id", "=", filter.applicationId);
    if (filter.environmentId !== undefined) query = query.where("environment_id", "=", filter.environmentId);
    if (filter.engaged !== undefined) query = query.where("engaged", "=", filter.engaged);
    return query.execute();
}

/** A domain of this account with the name of its environment. */
export async function findDomain(database: Database, accountId: number, hostname: string) {
    return database
        .selectFrom("domains")
        .innerJoin("environments", "environments.id", "domains.environment_id")
        .selectAll("domains")
        .select("environments.name as environment_name")
        .where("domains.account_id", "=", accountId)
        .where("hostname", "=", hostname)
        .executeTakeFirst();
}

/** Whether anybody on the platform has the hostname. Says nothing of whom. */
export async function isHostnameTaken(database: Database, hostname: string): Promise<boolean> {
    return (await database.selectFrom("domains").select("hostname").where("hostname", "=", hostname).executeTakeFirst()) !== undefined;
}

/** The name that the database gives the rule that hostnames are unique. */
export const hostnameConstraint = "domains_hostname";

export async function insertDomain(
    database: Database,
    domain: Pick<DomainRow, "hostname" | "account_id" | "application_id" | "environment_id">,
): Promise<void> {
    await database.insertInto("domains").values(domain).execute();
}

export async function deleteDomain(database: Database, accountId: number, hostname: string): Promise<void> {
    await database.deleteFrom("domains").where("account_id", "=", accountId).where("hostname", "=", hostname).execute();
}

export async function deleteDomains(
    database: Database,
    accountId: number,
    filter: Required<Pick<DomainFilter, "applicationId">> | Required<Pick<DomainFilter, "environmentId">>,
): Promise<void> {
    const query = database.deleteFrom("domains").where("account_id", "=", accountId);
    await ("applicationId" in filter
        ? query.where("application_id", "=", filter.applicationId)
        : query.where("environment_id", "=", filter.environmentId)
    ).execute();
}

export async function setEngaged(database: Database, accountId: number, hostname: string, engaged: boolean): Promise<void> {
    await database.updateTable("domains").set({ engaged }).where("account_id", "=", accountId).where("hostname", "=", hostname).execute();
}

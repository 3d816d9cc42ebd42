import { type Expression, sql } from "kysely";
import type { Database, DomainRow } from "./database";
import { hasCome } from "./has-come";

export interface DomainFilter {
    /** The domains that serve an application: those of its root, when it is split from one. */
    applicationId?: number;
    environmentName?: string;
    engaged?: boolean;
}

/** A domain with the name of its environment. */
export type NamedDomain = DomainRow & { environment_name: string };

function select(database: Database, accountId: number) {
    return database
        .selectFrom("domains")
        .innerJoin("environments", "environments.id", "domains.environment_id")
        .selectAll("domains")
        .select("environments.name as environment_name")
        .where("domains.account_id", "=", accountId);
}

export async function listDomainRows(
    database: Database,
    accountId: number,
    filter: DomainFilter = {},
): Promise<NamedDomain[]> {
    const { applicationId, environmentName, engaged } = filter;
    let query = select(database, accountId).orderBy("domains.created_at").orderBy("hostname");
    if (applicationId !== undefined)
        query = query.where("domains.application_id", "=", rootOf(applicationId, accountId));
    if (environmentName !== undefined) query = query.where("environments.name", "=", environmentName);
    if (engaged !== undefined) query = query.where("engaged", "=", engaged);
    return query.execute();
}

function rootOf(applicationId: number, accountId: number): Expression<number> {
    return sql<number>`(select coalesce(root_id, id) from applications where id = ${applicationId} and account_id = ${accountId})`;
}

export async function findDomain(
    database: Database,
    accountId: number,
    hostname: string,
): Promise<NamedDomain | undefined> {
    return select(database, accountId).where("hostname", "=", hostname).executeTakeFirst();
}

/** Whether anybody on the platform has the hostname. Does not tell who. */
export async function isHostnameTaken(database: Database, hostname: string): Promise<boolean> {
    return (
        (await database
            .selectFrom("domains")
            .select("hostname")
            .where("hostname", "=", hostname)
            .executeTakeFirst()) !== undefined
    );
}

/** True while an application or environment of the account that has the hostname is being made or deleted. */
export async function isHostnameUnsettled(database: Database, accountId: number, hostname: string): Promise<boolean> {
    const row = await database
        .selectFrom("domains")
        .innerJoin("applications", "applications.id", "domains.application_id")
        .innerJoin("environments", "environments.id", "domains.environment_id")
        .select("hostname")
        .where("domains.account_id", "=", accountId)
        .where("hostname", "=", hostname)
        .where(({ or, eb }) => or([eb("applications.state", "!=", "ready"), eb("environments.state", "!=", "ready")]))
        .executeTakeFirst();
    return row !== undefined;
}

/** The name that the database gives the rule that hostnames are unique. */
export const hostnameConstraint = "domains_hostname";

/** The environment that a domain is attached to, by the ids of its row. */
export type DomainOwner = Pick<DomainRow, "account_id" | "application_id" | "environment_id">;

/** A domain as it is attached. */
export type NewDomain = Pick<DomainRow, "hostname"> & DomainOwner & Partial<Pick<DomainRow, "claim">>;

export async function insertDomain(database: Database, domain: NewDomain): Promise<void> {
    await database.insertInto("domains").values(domain).execute();
}

/**
 * Gives a domain to another environment, of any account, with the claim that it has there. Its known facts stay, and
 * its certificate goes along.
 */
export async function moveDomainRow(
    database: Database,
    { hostname, account_id, environment_id }: Pick<DomainRow, "hostname" | "account_id" | "environment_id">,
    to: DomainOwner & Pick<DomainRow, "claim">,
): Promise<void> {
    await database
        .updateTable("domains")
        .set(to)
        .where("account_id", "=", account_id)
        .where("hostname", "=", hostname)
        .where("environment_id", "=", environment_id)
        .execute();
}

/** The domains to delete: one, or all that an application or an environment has. */
export type DomainSelection = { hostname: string } | { applicationId: number } | { environmentId: number };

/** Deletes domains and returns their hostnames. */
export async function deleteDomains(
    database: Database,
    accountId: number,
    selection: DomainSelection,
): Promise<string[]> {
    let query = database.deleteFrom("domains").where("account_id", "=", accountId);
    if ("hostname" in selection) query = query.where("hostname", "=", selection.hostname);
    else if ("applicationId" in selection) query = query.where("application_id", "=", selection.applicationId);
    else query = query.where("environment_id", "=", selection.environmentId);
    return (await query.returning("hostname").execute()).map(({ hostname }) => hostname);
}

/** Keeps a clear answer of the DNS. */
export async function setEngaged(
    database: Database,
    accountId: number,
    hostname: string,
    engaged: boolean,
    checkedAt: Date,
): Promise<void> {
    await database
        .updateTable("domains")
        .set({ engaged, engaged_checked_at: checkedAt })
        .where("account_id", "=", accountId)
        .where("hostname", "=", hostname)
        .execute();
}

/**
 * Takes domains of all accounts whose time to be checked has come, and sets their next time, spread around
 * `nextDueAt` by up to `spreadSeconds` either way. Two replicas that ask at once get different ones.
 */
export async function claimDueDomains(
    database: Database,
    now: Date,
    nextDueAt: Date,
    spreadSeconds: number,
    limit: number,
): Promise<DomainRow[]> {
    const due = database
        .selectFrom("domains")
        .select("hostname")
        .where(hasCome("check_due_at", now, new Date(nextDueAt.getTime() + spreadSeconds * 1000)))
        .orderBy("check_due_at")
        .limit(limit)
        .forUpdate()
        .skipLocked();
    return database
        .updateTable("domains")
        .set({
            check_due_at: sql<Date>`${nextDueAt}::timestamptz + (random() * 2 - 1) * ${spreadSeconds}::float8 * interval '1 second'`,
        })
        .where("hostname", "in", due)
        .returningAll()
        .execute();
}

/** Has a domain checked again at a time of its own. */
export async function setCheckDue(database: Database, accountId: number, hostname: string, at: Date): Promise<void> {
    await database
        .updateTable("domains")
        .set({ check_due_at: at })
        .where("account_id", "=", accountId)
        .where("hostname", "=", hostname)
        .execute();
}

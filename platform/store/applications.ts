import type { StoredClaim } from "./column";
import type { ApplicationRow, Database, EnvironmentRow, State } from "./database";

export async function listApplicationRows(database: Database, accountId: number): Promise<ApplicationRow[]> {
    return database
        .selectFrom("applications")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("state", "=", "ready")
        .orderBy("id")
        .execute();
}

export async function findApplication(
    database: Database,
    accountId: number,
    applicationId: number,
): Promise<ApplicationRow | undefined> {
    return database
        .selectFrom("applications")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("id", "=", applicationId)
        .where("state", "=", "ready")
        .executeTakeFirst();
}

/** The application that a hostname is attached to, if it is in an account of this user. */
export async function findApplicationOf(
    database: Database,
    userId: number,
    hostname: string,
): Promise<Pick<ApplicationRow, "name"> | undefined> {
    return database
        .selectFrom("domains")
        .innerJoin("memberships", "memberships.account_id", "domains.account_id")
        .innerJoin("applications", "applications.id", "domains.application_id")
        .select("applications.name")
        .where("memberships.user_id", "=", userId)
        .where("domains.hostname", "=", hostname)
        .executeTakeFirst();
}

/** True while an application of an account is being made or deleted. */
export async function hasUnsettledApplications(database: Database, accountId: number): Promise<boolean> {
    const row = await database
        .selectFrom("applications")
        .select("id")
        .where("account_id", "=", accountId)
        .where("state", "!=", "ready")
        .executeTakeFirst();
    return row !== undefined;
}

/** The name that the database gives the rule that a prefix is split off once. */
export const prefixConstraint = "applications_prefix";

export async function insertApplication(
    database: Database,
    accountId: number,
    name: string,
    more: Partial<Pick<ApplicationRow, "root_id" | "path_prefix" | "claim">> = {},
): Promise<ApplicationRow> {
    return database
        .insertInto("applications")
        .values({ account_id: accountId, name, state: "creating", ...more })
        .returningAll()
        .executeTakeFirstOrThrow();
}

/** Adds an application with its first environment. Returns the environment. */
export async function insertSiteRows(
    database: Database,
    accountId: number,
    name: string,
    environmentName: string,
    claim: StoredClaim | null,
): Promise<EnvironmentRow> {
    const state = "creating";
    return database
        .with("application", (made) =>
            made.insertInto("applications").values({ account_id: accountId, name, state, claim }).returning("id"),
        )
        .insertInto("environments")
        .columns(["account_id", "application_id", "name", "state"])
        .expression(({ selectFrom, val }) =>
            selectFrom("application").select([
                val(accountId).as("account_id"),
                "id",
                val(environmentName).as("name"),
                val(state).as("state"),
            ]),
        )
        .returningAll()
        .executeTakeFirstOrThrow();
}

/** Shows an application that has been made, with the environments that were made with it. */
export async function showApplication(database: Database, accountId: number, applicationId: number): Promise<void> {
    await database
        .with("application", (made) =>
            made
                .updateTable("applications")
                .set({ state: "ready" })
                .where("account_id", "=", accountId)
                .where("id", "=", applicationId)
                .where("state", "=", "creating"),
        )
        .updateTable("environments")
        .set({ state: "ready" })
        .where("account_id", "=", accountId)
        .where("application_id", "=", applicationId)
        .where("state", "=", "creating")
        .execute();
}

/** An application with all that are split from it, in any state: the root first. */
export async function listFamily(database: Database, accountId: number, rootId: number): Promise<ApplicationRow[]> {
    return database
        .selectFrom("applications")
        .selectAll()
        .where("account_id", "=", accountId)
        .where(({ eb, or }) => or([eb("id", "=", rootId), eb("root_id", "=", rootId)]))
        .orderBy("id")
        .execute();
}

/** Moves an application to another state, if it is in the expected one. Returns whether it was. */
export async function moveApplication(
    database: Database,
    accountId: number,
    applicationId: number,
    from: State,
    to: State,
): Promise<boolean> {
    const { numUpdatedRows } = await database
        .updateTable("applications")
        .set({ state: to })
        .where("account_id", "=", accountId)
        .where("id", "=", applicationId)
        .where("state", "=", from)
        .executeTakeFirst();
    return numUpdatedRows > 0n;
}

export async function deleteApplicationRow(
    database: Database,
    accountId: number,
    applicationId: number,
): Promise<void> {
    await database
        .deleteFrom("applications")
        .where("account_id", "=", accountId)
        .where("id", "=", applicationId)
        .execute();
}

/**
 * Every application, of any account, that should have a repository: for the check of rows against repositories.
 */
export async function listEveryApplication(
    database: Database,
): Promise<Pick<ApplicationRow, "id" | "account_id" | "state">[]> {
    return database.selectFrom("applications").select(["id", "account_id", "state"]).orderBy("id").execute();
}

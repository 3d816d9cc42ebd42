import type { StoredClaim } from "./column";
import type { Database, EnvironmentRow, State } from "./database";

export async function listEnvironmentRows(
    database: Database,
    accountId: number,
    applicationId?: number,
): Promise<EnvironmentRow[]> {
    let query = database
        .selectFrom("environments")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("state", "=", "ready")
        .orderBy("id");
    if (applicationId !== undefined) query = query.where("application_id", "=", applicationId);
    return query.execute();
}

export async function findEnvironment(
    database: Database,
    accountId: number,
    applicationId: number,
    name: string,
): Promise<EnvironmentRow | undefined> {
    return database
        .selectFrom("environments")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("application_id", "=", applicationId)
        .where("name", "=", name)
        .where("state", "=", "ready")
        .executeTakeFirst();
}

/** The name of an environment as it was given, by the name in any case of letters. */
export async function findEnvironmentName(
    database: Database,
    accountId: number,
    applicationId: number,
    name: string,
): Promise<string | undefined> {
    const row = await database
        .selectFrom("environments")
        .select("name")
        .where("account_id", "=", accountId)
        .where("application_id", "=", applicationId)
        .where(({ fn }) => fn<string>("lower", ["name"]), "=", name.toLowerCase())
        .executeTakeFirst();
    return row?.name;
}

/** Environments of several applications by name, in any state. */
export async function listNamesakes(
    database: Database,
    accountId: number,
    applicationIds: readonly number[],
    name: string,
): Promise<EnvironmentRow[]> {
    return database
        .selectFrom("environments")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("application_id", "in", applicationIds)
        .where("name", "=", name)
        .orderBy("id")
        .execute();
}

/** True while an environment of an application is being made or deleted. */
export async function hasUnsettledEnvironments(
    database: Database,
    accountId: number,
    applicationId: number,
): Promise<boolean> {
    const row = await database
        .selectFrom("environments")
        .select("id")
        .where("account_id", "=", accountId)
        .where("application_id", "=", applicationId)
        .where("state", "!=", "ready")
        .executeTakeFirst();
    return row !== undefined;
}

/** True while an environment of that name, in any case of letters, is being made or deleted. */
export async function isEnvironmentUnsettled(
    database: Database,
    accountId: number,
    applicationId: number,
    name: string,
): Promise<boolean> {
    const row = await database
        .selectFrom("environments")
        .select("id")
        .where("account_id", "=", accountId)
        .where("application_id", "=", applicationId)
        .where(({ fn }) => fn<string>("lower", ["name"]), "=", name.toLowerCase())
        .where("state", "!=", "ready")
        .executeTakeFirst();
    return row !== undefined;
}

/** The database's name for the rule that names are unique in an application, regardless of case. */
export const environmentNameConstraint = "environments_name";

export async function insertEnvironment(
    database: Database,
    accountId: number,
    applicationId: number,
    name: string,
    claim: StoredClaim | null = null,
): Promise<EnvironmentRow> {
    return database
        .insertInto("environments")
        .values({ account_id: accountId, application_id: applicationId, name, state: "creating", claim })
        .returningAll()
        .executeTakeFirstOrThrow();
}

/** Moves an environment to another state, if it is in the expected one. Returns whether it was. */
export async function moveEnvironment(
    database: Database,
    accountId: number,
    environmentId: number,
    from: State,
    to: State,
): Promise<boolean> {
    const { numUpdatedRows } = await database
        .updateTable("environments")
        .set({ state: to })
        .where("account_id", "=", accountId)
        .where("id", "=", environmentId)
        .where("state", "=", from)
        .executeTakeFirst();
    return numUpdatedRows > 0n;
}

/** Sets properties of an environment that need no commit. */
export async function setEnvironmentState(
    database: Database,
    accountId: number,
    environmentId: number,
    state: Partial<Pick<EnvironmentRow, "outage_page" | "dns_bypassed">>,
): Promise<void> {
    await database
        .updateTable("environments")
        .set(state)
        .where("account_id", "=", accountId)
        .where("id", "=", environmentId)
        .execute();
}

export async function deleteEnvironmentRow(
    database: Database,
    accountId: number,
    environmentId: number,
): Promise<void> {
    await database
        .deleteFrom("environments")
        .where("account_id", "=", accountId)
        .where("id", "=", environmentId)
        .execute();
}

/** An environment by its id alone, if a user belongs to its account, with the user's capability there. */
export async function findEnvironmentOfUser(database: Database, userId: number, environmentId: number) {
    return database
        .selectFrom("environments")
        .innerJoin("memberships", "memberships.account_id", "environments.account_id")
        .innerJoin("applications", "applications.id", "environments.application_id")
        .selectAll("environments")
        .select("memberships.capability")
        .where("memberships.user_id", "=", userId)
        .where("environments.id", "=", environmentId)
        .where("environments.state", "=", "ready")
        .where("applications.state", "=", "ready")
        .executeTakeFirst();
}

/** Every environment of every account, in any state: for a backup. */
export async function listEveryEnvironment(
    database: Database,
): Promise<Pick<EnvironmentRow, "id" | "account_id" | "application_id" | "name" | "state">[]> {
    return database
        .selectFrom("environments")
        .select(["id", "account_id", "application_id", "name", "state"])
        .orderBy("id")
        .execute();
}

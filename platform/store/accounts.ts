// "Account" is v1's word for an organization. People and programs read "organization"; all of platform/ says "account".
import type { Updateable } from "kysely";
import type { StoredClaim } from "./column";
import type { AccountRow, AccountTable, Database } from "./database";

function selectAccountsOf(database: Database, userId: number) {
    return database
        .selectFrom("accounts")
        .innerJoin("memberships", "memberships.account_id", "accounts.id")
        .innerJoin("users", "users.id", "accounts.owner_id")
        .selectAll("accounts")
        .select([
            "memberships.capability",
            "users.email",
            "users.first_name",
            "users.last_name",
            "users.company_name",
            "users.phone_number",
            "users.verified",
        ])
        .select("users.requires_2fa as owner_requires_2fa")
        .where("memberships.user_id", "=", userId);
}

/** The accounts a user belongs to, with the user's role. */
export async function listAccountsOf(database: Database, userId: number) {
    return selectAccountsOf(database, userId).orderBy("accounts.id").execute();
}

/** One of the accounts a user belongs to. */
export async function findAccountOf(database: Database, userId: number, accountId: number) {
    return selectAccountsOf(database, userId).where("accounts.id", "=", accountId).executeTakeFirst();
}

export async function insertAccount(
    database: Database,
    name: string,
    ownerId: number,
    claim: StoredClaim | null = null,
): Promise<AccountRow> {
    return database
        .insertInto("accounts")
        .values({ name, owner_id: ownerId, claim })
        .returningAll()
        .executeTakeFirstOrThrow();
}

export async function findAccount(database: Database, accountId: number): Promise<AccountRow | undefined> {
    return database.selectFrom("accounts").selectAll().where("id", "=", accountId).executeTakeFirst();
}

export async function updateAccount(
    database: Database,
    accountId: number,
    changes: Updateable<AccountTable>,
): Promise<void> {
    await database.updateTable("accounts").set(changes).where("id", "=", accountId).execute();
}

/** Every account of the platform with its owner and sizes: for the operator. */
export async function listAllAccounts(database: Database) {
    return database
        .selectFrom("accounts")
        .innerJoin("users", "users.id", "accounts.owner_id")
        .selectAll("accounts")
        .select("users.email as owner_email")
        .select(({ selectFrom, fn }) => [
            selectFrom("memberships")
                .select(fn.countAll<number>().as("count"))
                .whereRef("account_id", "=", "accounts.id")
                .as("members"),
            selectFrom("applications")
                .select(fn.countAll<number>().as("count"))
                .whereRef("account_id", "=", "accounts.id")
                .as("applications"),
        ])
        .orderBy("accounts.id")
        .execute();
}

export async function countAccountsOwnedBy(database: Database, userId: number): Promise<number> {
    const { count } = await database
        .selectFrom("accounts")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .where("owner_id", "=", userId)
        .executeTakeFirstOrThrow();
    return Number(count);
}

export async function listAccountsOwnedBy(database: Database, userId: number): Promise<AccountRow[]> {
    return database.selectFrom("accounts").selectAll().where("owner_id", "=", userId).orderBy("id").execute();
}

export async function deleteAccountRow(database: Database, accountId: number): Promise<void> {
    await database.deleteFrom("accounts").where("id", "=", accountId).execute();
}

/** Holds an account against concurrent changes of its people and applications until the transaction ends. */
export async function lockAccount(database: Database, accountId: number): Promise<AccountRow | undefined> {
    return database.selectFrom("accounts").selectAll().where("id", "=", accountId).forUpdate().executeTakeFirst();
}

/** Holds several accounts. The order of their ids keeps two transactions from waiting for each other. */
export async function lockAccounts(database: Database, accountIds: readonly number[]): Promise<void> {
    for (const id of [...new Set(accountIds)].sort((one, other) => one - other)) await lockAccount(database, id);
}

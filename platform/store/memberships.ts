import type { Capability } from "section-model";
import type { StoredClaim } from "./column";
import type { Database } from "./database";

/** The role of a user in an account, or undefined. */
export async function findCapability(
    database: Database,
    accountId: number,
    userId: number,
): Promise<Capability | undefined> {
    const row = await database
        .selectFrom("memberships")
        .select("capability")
        .where("account_id", "=", accountId)
        .where("user_id", "=", userId)
        .executeTakeFirst();
    return row?.capability;
}

/** The account that a user has administered the longest, and whether there is any account that the user is in. */
export async function findAdministered(
    database: Database,
    userId: number,
): Promise<{ first: number | undefined; isMember: boolean }> {
    const rows = await database
        .selectFrom("memberships")
        .select(({ fn }) => ["capability", fn.min<number>("account_id").as("first")])
        .where("user_id", "=", userId)
        .groupBy("capability")
        .execute();
    return { first: rows.find(({ capability }) => capability === "admin")?.first, isMember: rows.length > 0 };
}

/** Members of an account with the known facts of the people. */
export async function listMemberRows(database: Database, accountId: number, userId?: number) {
    let query = database
        .selectFrom("memberships")
        .innerJoin("users", "users.id", "memberships.user_id")
        .select([
            "users.id",
            "users.email",
            "users.email_key",
            "users.first_name",
            "users.last_name",
            "users.phone_number",
            "users.verified",
            "memberships.capability",
            "memberships.claim",
        ])
        .where("memberships.account_id", "=", accountId)
        .orderBy("users.id");
    if (userId !== undefined) query = query.where("users.id", "=", userId);
    return query.execute();
}

export type MemberRow = Awaited<ReturnType<typeof listMemberRows>>[number];

/** Adds a member; returns false when the user is one already, and changes nothing then. */
export async function insertMembership(
    database: Database,
    accountId: number,
    userId: number,
    capability: Capability,
    claim: StoredClaim | null = null,
): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await database
        .insertInto("memberships")
        .values({ account_id: accountId, user_id: userId, capability, claim })
        .onConflict((conflict) => conflict.columns(["account_id", "user_id"]).doNothing())
        .executeTakeFirst();
    return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function updateMembership(
    database: Database,
    accountId: number,
    userId: number,
    capability: Capability,
): Promise<void> {
    await database
        .updateTable("memberships")
        .set({ capability })
        .where("account_id", "=", accountId)
        .where("user_id", "=", userId)
        .execute();
}

export async function deleteMembership(database: Database, accountId: number, userId: number): Promise<void> {
    await database
        .deleteFrom("memberships")
        .where("account_id", "=", accountId)
        .where("user_id", "=", userId)
        .execute();
}

export async function countMembershipsOf(database: Database, userId: number): Promise<number> {
    const { count } = await database
        .selectFrom("memberships")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .where("user_id", "=", userId)
        .executeTakeFirstOrThrow();
    return Number(count);
}

import { sql } from "kysely";
import type { Capability } from "section-model";
import type { InvitedPerson, StoredClaim } from "./column";
import type { Database } from "./database";
import type { NewInvitation } from "./invitations";

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

/** A membership as its user's requests need it, or undefined. */
export async function findMembership(database: Database, accountId: number, userId: number) {
    return database
        .selectFrom("memberships")
        .select(["capability", "used_at", sql<boolean>`invitation is not null`.as("is_invited")])
        .where("account_id", "=", accountId)
        .where("user_id", "=", userId)
        .executeTakeFirst();
}

/** The facts of a person that their account knows: of somebody who has not accepted, those that the inviter wrote. */
const shownFact = (name: keyof InvitedPerson) =>
    sql<string>`coalesce(memberships.invitation ->> ${sql.lit(name)}, users.${sql.ref(name)})`.as(name);

function selectMembers(database: Database) {
    return database
        .selectFrom("memberships")
        .innerJoin("users", "users.id", "memberships.user_id")
        .select([
            "memberships.account_id",
            "memberships.user_id",
            "memberships.capability",
            "memberships.claim",
            sql<number>`case when memberships.invitation is null then users.id else memberships.invited_as end`.as(
                "id",
            ),
            sql<boolean>`memberships.invitation is not null`.as("is_invited"),
            shownFact("email"),
            shownFact("first_name"),
            shownFact("last_name"),
            shownFact("phone_number"),
        ])
        .orderBy("id");
}

export type MemberRow = Awaited<ReturnType<typeof listMemberRows>>[number];

/** Members of an account, as it knows them. */
export async function listMemberRows(database: Database, accountId: number) {
    return selectMembers(database).where("memberships.account_id", "=", accountId).execute();
}

/** A user as a member of one account, as it knows them. */
export async function findMemberOf(
    database: Database,
    accountId: number,
    userId: number,
): Promise<MemberRow | undefined> {
    return selectMembers(database)
        .where("memberships.account_id", "=", accountId)
        .where("memberships.user_id", "=", userId)
        .executeTakeFirst();
}

/** A user's memberships, as the accounts know the user. */
export async function listMembershipsOf(database: Database, userId: number): Promise<MemberRow[]> {
    return selectMembers(database).where("memberships.user_id", "=", userId).execute();
}

/**
 * The member of an account with a number: that of the user, once they have accepted, or the one that they had before.
 */
export async function findMemberRow(
    database: Database,
    accountId: number,
    number: number,
): Promise<MemberRow | undefined> {
    return selectMembers(database)
        .where("memberships.account_id", "=", accountId)
        .where(({ or, and, eb }) =>
            or([
                eb("memberships.invited_as", "=", number),
                and([eb("memberships.user_id", "=", number), eb("memberships.invitation", "is", null)]),
            ]),
        )
        .executeTakeFirst();
}

/**
 * Adds a member; returns false when the user is one already, and changes nothing then.
 *
 * @param invitation of somebody who has not accepted yet
 */
export async function insertMembership(
    database: Database,
    accountId: number,
    userId: number,
    capability: Capability,
    claim: StoredClaim | null = null,
    invitation?: NewInvitation,
): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await database
        .insertInto("memberships")
        .values({
            account_id: accountId,
            user_id: userId,
            capability,
            claim,
            ...(invitation && {
                invitation: JSON.stringify(invitation.person),
                invited_as: invitation.number,
                invited_by: invitation.by,
                invited_at: invitation.at,
            }),
        })
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

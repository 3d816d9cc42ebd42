import { sql } from "kysely";
import type { InvitedPerson } from "./column";
import type { Database } from "./database";

/** A membership that its person has not accepted. */
export interface NewInvitation {
    person: InvitedPerson;
    /** The number of the member in the account. */
    number: number;
    /** The user who invites. */
    by: number;
    at: Date;
}

/**
 * A number for a member who has not accepted. It comes from where the numbers of users come from, so that a new user's
 * and one for somebody who is known look the same, and so that it is never a user's.
 */
export async function takeMemberNumber(database: Database): Promise<number> {
    const { rows } = await sql<{ number: number }>`
        select nextval(pg_get_serial_sequence('users', 'id'))::int as number`.execute(database);
    return rows[0]?.number as number;
}

/**
 * True when a user has accepted to be a member of an account of which the other one is an admin, who sees members. It
 * reads what the user has accepted: the admin of an agency is in a thousand accounts, and a join may begin with those.
 */
export async function isKnownTo(database: Database, userId: number, adminId: number): Promise<boolean> {
    const row = await database
        .selectFrom("memberships as theirs")
        .select("theirs.account_id")
        .where("theirs.user_id", "=", userId)
        .where("theirs.invitation", "is", null)
        .where(
            ({ selectFrom }) =>
                selectFrom("memberships as own")
                    .select("own.capability")
                    .whereRef("own.account_id", "=", "theirs.account_id")
                    .where("own.user_id", "=", adminId)
                    .where("own.invitation", "is", null),
            "=",
            "admin",
        )
        .limit(1)
        .executeTakeFirst();
    return row !== undefined;
}

/** True when a user has an invitation of the inviter, to any account. */
export async function isInvitedBy(database: Database, userId: number, inviterId: number): Promise<boolean> {
    const row = await database
        .selectFrom("memberships")
        .select("account_id")
        .where("user_id", "=", userId)
        .where("invited_by", "=", inviterId)
        .limit(1)
        .executeTakeFirst();
    return row !== undefined;
}

export async function countInvitations(database: Database, accountId: number): Promise<number> {
    const { count } = await database
        .selectFrom("memberships")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .where("account_id", "=", accountId)
        .where("invitation", "is not", null)
        .executeTakeFirstOrThrow();
    return Number(count);
}

/** Has an invitation that is sent again count from now. */
export async function renewInvitation(database: Database, accountId: number, userId: number, at: Date): Promise<void> {
    await database
        .updateTable("memberships")
        .set({ invited_at: at })
        .where("account_id", "=", accountId)
        .where("user_id", "=", userId)
        .where("invitation", "is not", null)
        .execute();
}

/**
 * The accounts whose invitations a user accepts with that of one account: all that the same person sent. Without an
 * inviter, such as after the inviter's end, only this one.
 */
export async function listInvitingAccounts(
    database: Database,
    userId: number,
    accountId: number,
): Promise<{ id: number; name: string }[]> {
    return database
        .selectFrom("memberships")
        .innerJoin("accounts", "accounts.id", "memberships.account_id")
        .select(["accounts.id", "accounts.name"])
        .where("memberships.user_id", "=", userId)
        .where("memberships.invitation", "is not", null)
        .where(({ or, eb, selectFrom }) =>
            or([
                eb("memberships.account_id", "=", accountId),
                eb(
                    "memberships.invited_by",
                    "=",
                    selectFrom("memberships as this")
                        .select("this.invited_by")
                        .where("this.user_id", "=", userId)
                        .where("this.account_id", "=", accountId),
                ),
            ]),
        )
        .orderBy("accounts.id")
        .execute();
}

/** From now on the accounts see the user as they are. Accepted already is fine. */
export async function acceptInvitations(
    database: Database,
    userId: number,
    accountIds: readonly number[],
): Promise<void> {
    if (accountIds.length === 0) return;
    await database
        .updateTable("memberships")
        .set({ invitation: null })
        .where("user_id", "=", userId)
        .where("account_id", "in", accountIds)
        .execute();
}

/** Notes that somebody uses a membership that they have not accepted. */
export async function noteInvitationUsed(
    database: Database,
    accountId: number,
    userId: number,
    at: Date,
): Promise<void> {
    await database
        .updateTable("memberships")
        .set({ used_at: at })
        .where("account_id", "=", accountId)
        .where("user_id", "=", userId)
        .execute();
}

/** Ends memberships from before `before` that nobody has accepted or used. */
export async function deleteUnansweredInvitations(database: Database, before: Date) {
    return database
        .deleteFrom("memberships")
        .where("invitation", "is not", null)
        .where("used_at", "is", null)
        .where("invited_at", "<", before)
        .returning(["account_id", "user_id", "invited_as", "invitation", "capability"])
        .execute();
}

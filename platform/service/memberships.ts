import { type Capability, normaliseEmail, Problem } from "section-model";
import type { Caller, Member } from "../auth/caller";
import { findAccount, lockAccount } from "../store/accounts";
import type { Database } from "../store/database";
import { noteInvitationUsed } from "../store/invitations";
import { deleteInvitationLinks } from "../store/links";
import {
    deleteMembership,
    findCapability,
    findMemberRow,
    findMembership,
    listMemberRows,
    type MemberRow,
    updateMembership,
} from "../store/memberships";
import { noteChange } from "./changes";
import type { Context } from "./context";
import { type ExpectedClaim, refuseOtherClaim } from "./refuse-held";

export type { MemberRow } from "../store/memberships";

/**
 * The caller as a member of an account, or undefined: to an outsider the account does not exist. The same holds for a
 * user whose address is not verified: somebody who registered a stranger's address would get the stranger's
 * invitations.
 */
export async function findMember(
    { store, now }: Context,
    caller: Caller,
    accountId: number,
): Promise<Member | undefined> {
    if (!caller.verified) return undefined;
    const membership = await findMembership(store.database, accountId, caller.userId);
    if (membership === undefined) return undefined;
    const { capability, is_invited, used_at } = membership;
    if (!is_invited) return { caller, accountId, capability };
    if (used_at === null) await noteInvitationUsed(store.database, accountId, caller.userId, now());
    return { caller, accountId, capability, isInvited: true };
}

export async function listMembers({ store }: Context, { accountId }: Member): Promise<MemberRow[]> {
    return listMemberRows(store.database, accountId);
}

/** The member with a number, which is that of the user or, before they accept, of the invitation. */
export async function requireMember(database: Database, accountId: number, number: number): Promise<MemberRow> {
    const member = await findMemberRow(database, accountId, number);
    if (member === undefined) throw new Problem("not-found", `there is no user ${number} in account ${accountId}`);
    return member;
}

export async function getMember({ store }: Context, { accountId }: Member, userId: number): Promise<MemberRow> {
    return requireMember(store.database, accountId, userId);
}

/** A member as the log names them. */
export function memberAsThing({ id, email }: Pick<MemberRow, "id" | "email">) {
    return { user_id: id, email: normaliseEmail(email) };
}

/**
 * Holds the account and makes sure that the caller still has a say in it: of two admins who remove each other at once,
 * one comes second, and is no member any more.
 */
async function lockAsAdmin(transaction: Database, { accountId, caller }: Member): Promise<void> {
    await lockAccount(transaction, accountId);
    const capability = await findCapability(transaction, accountId, caller.userId);
    if (capability === undefined) throw new Problem("not-found", `there is no account ${accountId}`);
    if (capability !== "admin")
        throw new Problem(
            "forbidden",
            `Admin privileges are required in account ${accountId}; this user has ${capability}`,
        );
}

/** Refuses a change that would leave an account without an admin or its owner, or a caller without access. */
async function guardMember(
    transaction: Database,
    { accountId, caller }: Member,
    target: MemberRow,
    verb: "removed" | "demoted",
): Promise<void> {
    const account = await findAccount(transaction, accountId);
    if (account?.owner_id === target.user_id)
        throw new Problem("owner-protected", `${target.email} owns account ${accountId} and cannot be ${verb}`);
    const admins = (await listMemberRows(transaction, accountId)).filter(({ capability }) => capability === "admin");
    if (target.capability === "admin" && admins.length === 1) {
        throw new Problem(
            "last-admin",
            `${target.email} is the last admin of account ${accountId} and cannot be ${verb}`,
        );
    }
    if (caller.userId === target.user_id)
        throw new Problem("self-lockout", `${target.email} is the caller and cannot be ${verb} by themselves`);
}

export async function updateMember(
    context: Context,
    member: Member,
    userId: number,
    capability: Capability,
): Promise<MemberRow> {
    await context.store.transact(async (transaction) => {
        await lockAsAdmin(transaction, member);
        const target = await requireMember(transaction, member.accountId, userId);
        if (target.capability === capability) return;
        if (capability !== "admin") await guardMember(transaction, member, target, "demoted");
        await updateMembership(transaction, member.accountId, target.user_id, capability);
        await noteChange(transaction, member, "member.role", {
            thing: memberAsThing(target),
            from: target.capability,
            to: capability,
        });
    });
    return getMember(context, member, userId);
}

/** Ends a membership; the user stays. */
export async function removeMember(
    context: Context,
    member: Member,
    userId: number,
    toDelete?: ExpectedClaim,
): Promise<void> {
    await context.store.transact(async (transaction) => {
        await lockAsAdmin(transaction, member);
        const target = await requireMember(transaction, member.accountId, userId);
        refuseOtherClaim(`the membership of ${target.email}`, target.claim, toDelete);
        await guardMember(transaction, member, target, "removed");
        await deleteMembership(transaction, member.accountId, target.user_id);
        await noteChange(transaction, member, "member.remove", {
            thing: memberAsThing(target),
            from: target.capability,
        });
        // an invitation that is taken back lets nobody in any more
        await deleteInvitationLinks(transaction, target.user_id, member.accountId);
    });
}

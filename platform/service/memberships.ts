import { type Capability, emailSchema, issuesOf, type NewClaim, Problem } from "section-model";
import type { Caller, Member } from "../auth/caller";
import { findAccount, lockAccount } from "../store/accounts";
import type { Database } from "../store/database";
import { deleteLinksOf } from "../store/links";
import {
    countMembershipsOf,
    deleteMembership,
    findCapability,
    insertMembership,
    listMemberRows,
    type MemberRow,
    updateMembership,
} from "../store/memberships";
import { ensureUser } from "../store/users";
import { noteChange } from "./changes";
import { stampClaim } from "./claims";
import type { Context } from "./context";
import { mayWriteTo } from "./letters";
import { decideWithEffect } from "./outbox";
import { type ExpectedClaim, refuseOtherClaim } from "./refuse-held";

export type { MemberRow } from "../store/memberships";

/**
 * The caller as a member of an account, or undefined: to an outsider the account does not exist. The same holds for a
 * user whose address is not verified: somebody who registered a stranger's address would get the stranger's
 * invitations.
 */
export async function findMember({ store }: Context, caller: Caller, accountId: number): Promise<Member | undefined> {
    if (!caller.verified) return undefined;
    const capability = await findCapability(store.database, accountId, caller.userId);
    return capability === undefined ? undefined : { caller, accountId, capability };
}

export async function listMembers({ store }: Context, { accountId }: Member): Promise<MemberRow[]> {
    return listMemberRows(store.database, accountId);
}

async function requireMember(database: Database, accountId: number, userId: number): Promise<MemberRow> {
    const [member] = await listMemberRows(database, accountId, userId);
    if (member === undefined) throw new Problem("not-found", `there is no user ${userId} in account ${accountId}`);
    return member;
}

export async function getMember({ store }: Context, { accountId }: Member, userId: number): Promise<MemberRow> {
    return requireMember(store.database, accountId, userId);
}

export interface Invitation {
    email: string;
    firstName?: string;
    lastName?: string;
    phoneNumber?: string;
    /** Default admin, as v1 invites. */
    capability?: Capability;
    /** Of a membership that begins now. */
    claim?: NewClaim;
}

/** A member as the log names them. */
export function memberAsThing({ id, email_key }: Pick<MemberRow, "id" | "email_key">) {
    return { user_id: id, email: email_key };
}

export interface Invited {
    isNew: boolean;
    member: MemberRow;
}

/**
 * Makes somebody a member at once and writes to them; somebody who is a verified member already stays as they are.
 * Somebody who has not followed the link yet gets another one.
 */
export async function inviteMember(context: Context, inviting: Member, invitation: Invitation): Promise<Invited> {
    const { accountId, caller } = inviting;
    const parsed = emailSchema.safeParse(invitation.email);
    if (!parsed.success)
        throw new Problem(
            "invalid-input",
            `email ${JSON.stringify(invitation.email)} ${issuesOf(parsed.error)[0]?.reason}`,
            { property: "email" },
        );
    let invited: Invited | undefined;
    await decideWithEffect(context, "send-letter", async (transaction) => {
        const { user } = await ensureUser(transaction, {
            email: invitation.email.trim(),
            email_key: parsed.data,
            first_name: invitation.firstName,
            last_name: invitation.lastName,
            phone_number: invitation.phoneNumber,
        });
        const isNew = await insertMembership(
            transaction,
            accountId,
            user.id,
            invitation.capability ?? "admin",
            stampClaim(context, invitation.claim),
        );
        invited = { isNew, member: await requireMember(transaction, accountId, user.id) };
        if (isNew)
            await noteChange(transaction, inviting, "member.add", {
                thing: memberAsThing(user),
                to: invited.member.capability,
            });
        if ((user.verified && !isNew) || !(await mayWriteTo(context, transaction, parsed.data, caller)))
            return undefined;
        const account = await findAccount(transaction, accountId);
        const inviter = caller.name === caller.email ? caller.email : `${caller.name} (${caller.email})`;
        return {
            kind: user.verified ? ("access" as const) : ("invitation" as const),
            userId: user.id,
            organization: account?.name ?? "",
            inviter,
        };
    });
    return invited as Invited;
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
    if (account?.owner_id === target.id)
        throw new Problem("owner-protected", `${target.email} owns account ${accountId} and cannot be ${verb}`);
    const admins = (await listMemberRows(transaction, accountId)).filter(({ capability }) => capability === "admin");
    if (target.capability === "admin" && admins.length === 1) {
        throw new Problem(
            "last-admin",
            `${target.email} is the last admin of account ${accountId} and cannot be ${verb}`,
        );
    }
    if (caller.userId === target.id)
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
        await updateMembership(transaction, member.accountId, userId, capability);
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
        await deleteMembership(transaction, member.accountId, userId);
        await noteChange(transaction, member, "member.remove", {
            thing: memberAsThing(target),
            from: target.capability,
        });
        // an invitation that is taken back lets nobody in any more
        if (!target.verified && (await countMembershipsOf(transaction, userId)) === 0)
            await deleteLinksOf(transaction, userId, "accept");
    });
}

import { type Capability, emailSchema, issuesOf, type NewClaim, Problem } from "section-model";
import type { Member } from "../auth/caller";
import { makeAmountProblem } from "../fair-use";
import { findAccount } from "../store/accounts";
import type { InvitedPerson } from "../store/column";
import type { Database, UserRow } from "../store/database";
import {
    acceptInvitations,
    countInvitations,
    deleteUnansweredInvitations,
    isInvitedBy,
    isKnownTo,
    renewInvitation,
    takeMemberNumber,
} from "../store/invitations";
import { deleteInvitationLinks } from "../store/links";
import { findMemberOf, insertMembership, type MemberRow } from "../store/memberships";
import { ensureUser } from "../store/users";
import { noteChange } from "./changes";
import { stampClaim } from "./claims";
import type { Context } from "./context";
import { type LetterRequest, mayWriteTo } from "./letters";
import { memberAsThing } from "./memberships";
import { decideWithEffect } from "./outbox";
import { limitFairUse } from "./rate-limit";

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

export interface Invited {
    isNew: boolean;
    member: MemberRow;
}

/** Counts an invitation of somebody whom the inviter has not invited before. */
async function limitInvitations(
    context: Context,
    transaction: Database,
    { accountId, caller }: Member,
    user: UserRow,
): Promise<void> {
    if (await isInvitedBy(transaction, user.id, caller.userId)) return;
    const { invitationLimit } = context.options;
    if (invitationLimit > 0 && (await countInvitations(transaction, accountId)) >= invitationLimit)
        throw makeAmountProblem("invitationLimit", invitationLimit);
    await limitFairUse(context, transaction, "invitationsPerHour", String(caller.userId));
    await limitFairUse(context, transaction, "organizationInvitationsPerHour", String(accountId));
}

/** The mail to somebody who was invited; none to a member who needs no link. */
async function letterToInvited(
    transaction: Database,
    { accountId, caller }: Member,
    user: UserRow,
    { isNew, member }: Invited,
): Promise<LetterRequest | undefined> {
    if (!isNew && !member.is_invited) return undefined;
    const account = await findAccount(transaction, accountId);
    const words = {
        userId: user.id,
        organization: account?.name ?? "",
        ...(caller.name !== caller.email && { inviter: caller.name }),
        inviterEmail: caller.email,
    };
    return member.is_invited ? { kind: "invitation", accountId, ...words } : { kind: "access", ...words };
}

/**
 * Makes somebody a member at once and writes to them; a member stays as they are, and gets another link while they have
 * not accepted.
 *
 * Until somebody accepts, the account learns nothing about them, and not whether they were a user before: every address
 * looks the same. Whom the inviter knows already, because they share another account, needs no acceptance.
 *
 * @throws Problem `rate-limited`, `limit-reached`
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
    const { firstName = "", lastName = "", phoneNumber = "", capability = "admin" } = invitation;
    const person: InvitedPerson = {
        email: invitation.email.trim(),
        first_name: firstName,
        last_name: lastName,
        phone_number: phoneNumber,
    };
    let invited: Invited | undefined;
    await decideWithEffect(context, "send-letter", async (transaction) => {
        const { user } = await ensureUser(transaction, { ...person, email_key: parsed.data });
        const [number, at] = [await takeMemberNumber(transaction), context.now()];
        const isKnown = await isKnownTo(transaction, user.id, caller.userId);
        if (!isKnown) await limitInvitations(context, transaction, inviting, user);
        const claim = stampClaim(context, invitation.claim);
        const open = isKnown ? undefined : { person, number, by: caller.userId, at };
        const isNew = await insertMembership(transaction, accountId, user.id, capability, claim, open);
        if (!isNew && isKnown) await acceptInvitations(transaction, user.id, [accountId]);
        if (!isNew) await renewInvitation(transaction, accountId, user.id, at);
        invited = { isNew, member: (await findMemberOf(transaction, accountId, user.id)) as MemberRow };
        if (isNew)
            await noteChange(transaction, inviting, "member.add", {
                thing: memberAsThing(invited.member),
                to: invited.member.capability,
            });
        const letter = await letterToInvited(transaction, inviting, user, invited);
        return letter && (await mayWriteTo(context, transaction, parsed.data, caller)) ? letter : undefined;
    });
    return invited as Invited;
}

/**
 * Accepts an invitation because its person changes something in the account: the log names them from then on. Who only
 * looks accepts by the link in the mail; else a program that looks at all accounts of its user would accept for them.
 */
export async function acceptByChange({ store }: Context, { accountId, caller }: Member): Promise<void> {
    await acceptInvitations(store.database, caller.userId, [accountId]);
}

/** Ends memberships that nobody accepted or used since the invitation. The log of each account says so. */
export async function endUnansweredInvitations({ store }: Context, before: Date): Promise<void> {
    await store.transact(async (transaction) => {
        for (const ended of await deleteUnansweredInvitations(transaction, before)) {
            const { account_id: accountId, user_id, invited_as, invitation, capability } = ended;
            await deleteInvitationLinks(transaction, user_id, accountId);
            await noteChange(transaction, { accountId, command: "invitation expired" }, "member.remove", {
                thing: memberAsThing({ id: invited_as ?? user_id, email: invitation?.email ?? "" }),
                from: capability,
            });
        }
    });
}

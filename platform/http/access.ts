import { Problem } from "section-model";
import type { Caller, Member } from "../auth/caller";
import type { Context } from "../service/context";
import { refuseDeletedAccount } from "../service/deleted-accounts";
import { acceptByChange } from "../service/invitations";
import { findMember } from "../service/memberships";
import { requireSecondFactor } from "../service/two-factor";
import type { Access } from "./route";

export interface Granted {
    caller: Caller | undefined;
    member: Member | undefined;
}

/**
 * Decides whether a caller may use a route, or says why not. To an outsider an account does not exist; its last members
 * are told that it was deleted.
 */
export async function grantAccess(
    context: Context,
    access: Access,
    caller: Caller | undefined,
    isWrite: boolean,
    accountId: number | undefined,
    twoFactorExempt = false,
): Promise<Granted> {
    if (access === "anonymous") return { caller, member: undefined };
    if (caller === undefined) throw new Problem("unauthenticated", "API request is unauthorized");
    const member =
        access === "user" || access === "verified" ? undefined : await requireMembership(context, caller, accountId);
    if (!twoFactorExempt) await requireSecondFactor(context, caller, member);
    if (isWrite && caller.scope === "read")
        throw new Problem("forbidden", "this token may only read", { remedy: "Use a token of scope write" });
    if (access === "verified" && !caller.verified)
        throw new Problem("unverified", `validate your email first: ${caller.email} is not verified`);
    if (member !== undefined && typeof access !== "string" && !access.includes(member.capability)) {
        const needed =
            access[0] === "admin" && access.length === 1
                ? "Admin privileges are required"
                : `One of the capabilities ${access.join(", ")} is required`;
        throw new Problem("forbidden", `${needed} in account ${member.accountId}; this user has ${member.capability}`);
    }
    if (isWrite && member?.isInvited) await acceptByChange(context, member);
    return { caller, member };
}

async function requireMembership(context: Context, caller: Caller, accountId: number | undefined): Promise<Member> {
    const member = accountId === undefined ? undefined : await findMember(context, caller, accountId);
    if (member !== undefined) return member;
    if (accountId !== undefined) await refuseDeletedAccount(context, caller, accountId);
    throw new Problem("not-found", `there is no account ${accountId}`);
}

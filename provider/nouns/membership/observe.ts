import { listMembers, type MemberRecord } from "section-client";
import { type MembershipInputs, parseMembershipId, resourceId } from "section-model";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import type { Found, Observed } from "../noun";

/** Declared inputs, and the finding of check on that day. */
export interface CheckedMembership extends MembershipInputs {
    /** The last day is past. */
    ended?: true;
}

export interface MembershipOutputs extends CheckedMembership {
    userId: number;
    status: "pending" | "active" | "ended";
}

type Term = Pick<CheckedMembership, "until" | "ended">;

export function foundMembership(
    organization: number,
    { userId, email, role, status }: MemberRecord,
    { until, ended }: Term,
): Found<MembershipOutputs> {
    const outputs = {
        organization: String(organization),
        email,
        role: role as MembershipInputs["role"],
        until,
        ended,
        userId,
    };
    return {
        id: resourceId.membership({ organization, email }),
        outputs: { ...outputs, status: ended ? "ended" : status },
    };
}

export async function findMember(
    { client }: Session,
    organization: number,
    email: string,
): Promise<MemberRecord | undefined> {
    return (await listMembers(client, organization)).find((member) => member.email === email);
}

export async function observeMembership(
    session: Session,
    id: string,
    known: Partial<MembershipOutputs>,
): Promise<Observed<MembershipOutputs> | undefined> {
    const { organization, email } = parseMembershipId(id);
    const member = await unlessGone(findMember(session, organization, email));
    const { until, ended } = known;
    if (member === undefined) return ended ? { id, outputs: known as MembershipOutputs } : undefined;
    const hasDrifted = ended || (known.role !== undefined && known.role !== member.role);
    return {
        ...foundMembership(organization, member, { until }),
        ...(hasDrifted && { inputs: { organization: String(organization), email, role: member.role, until } }),
    };
}

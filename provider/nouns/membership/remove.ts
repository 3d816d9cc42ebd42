import { listMembers, removeMember } from "section-client";
import { isProblem, parseMembershipId } from "section-model";
import { isDeclared } from "../../protection/declared-now";
import { tellOwnerStays } from "../../protection/find-lockouts";
import { refuseAnotherThing } from "../../protection/refuse-another-thing";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import type { Found } from "../noun";
import type { MembershipOutputs } from "./observe";

async function refuseOtherUser(
    { client }: Session,
    { id, outputs: { userId, ended } }: Found<MembershipOutputs>,
): Promise<void> {
    if (ended) return;
    const { organization, email } = parseMembershipId(id);
    const members = (await unlessGone(listMembers(client, organization, { mayBeStale: true }))) ?? [];
    const user = members.find((member) => member.userId === userId);
    refuseAnotherThing(`user ${userId} of organization ${organization}`, user?.email, email);
}

/**
 * Ends the membership. An owner stays: the platform would refuse it for ever. The last admin and the token's user are
 * refused, unless nothing declares the organization: then it goes next, or is another stack's to judge.
 */
export async function removeMembership(
    session: Session,
    found: Found<MembershipOutputs>,
    claim?: string,
): Promise<void> {
    await refuseOtherUser(session, found);
    const { organization, email } = parseMembershipId(found.id);
    try {
        await unlessGone(removeMember(session.client, organization, found.outputs.userId, claim));
    } catch (error) {
        if (!isProblem(error)) throw error;
        if (error.code === "owner-protected") return tellOwnerStays(session, organization, email);
        const isLockout = error.code === "last-admin" || error.code === "self-lockout";
        if (!isLockout || isDeclared(session.memory, `organization ${organization}`)) throw error;
        session.tell(`membership ${found.id} is kept: ${error.detail}`);
    }
}

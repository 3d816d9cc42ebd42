import { listMembers, removeMember } from "section-client";
import { parseMembershipId } from "section-model";
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

export async function removeMembership(
    session: Session,
    found: Found<MembershipOutputs>,
    claim?: string,
): Promise<void> {
    await refuseOtherUser(session, found);
    const { organization } = parseMembershipId(found.id);
    await unlessGone(removeMember(session.client, organization, found.outputs.userId, claim));
}

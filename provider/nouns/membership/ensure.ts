import { inviteMember, type MemberRecord, removeMember, setRole } from "section-client";
import { Problem } from "section-model";
import { type Hold, refuseHeld } from "../../protection/hold";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import type { Found } from "../noun";
import { type CheckedMembership, findMember, foundMembership, type MembershipOutputs } from "./observe";

async function admitMember(
    session: Session,
    organization: number,
    { email, role }: CheckedMembership,
    isKnown: boolean,
    hold: Hold | undefined,
): Promise<MemberRecord> {
    // inviting a member again sends another e-mail while the invitation is open: only new members are invited
    const existing = isKnown ? await findMember(session, organization, email) : undefined;
    const invited = existing ?? (await inviteMember(session.client, organization, email, role, hold?.claim));
    const member = invited ?? (await findMember(session, organization, email));
    if (member === undefined)
        throw new Problem(
            "internal",
            `${email} was invited to organization ${organization} and is not among its members`,
        );
    if (member.role === role) return member;
    // somebody may have come in the last seconds, when another stack invited them
    if (hold !== undefined && !isKnown) refuseHeld("membership", `${organization}/${email}`, hold, member.claim);
    await setRole(session.client, organization, member.userId, role);
    return { ...member, role };
}

/** Makes the person a member with the declared role; after the last day, no member. */
export async function ensureMembership(
    session: Session,
    inputs: CheckedMembership,
    previous?: Found<MembershipOutputs>,
    hold?: Hold,
): Promise<Found<MembershipOutputs>> {
    const organization = Number(inputs.organization);
    if (!inputs.ended) {
        const member = await admitMember(session, organization, inputs, previous !== undefined, hold);
        return foundMembership(organization, member, inputs);
    }
    const member = await findMember(session, organization, inputs.email);
    if (member !== undefined) await unlessGone(removeMember(session.client, organization, member.userId));
    const last: MemberRecord = {
        email: inputs.email,
        role: inputs.role,
        status: "active",
        userId: member?.userId ?? previous?.outputs.userId ?? 0,
    };
    return foundMembership(organization, last, inputs);
}

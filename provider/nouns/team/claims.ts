import { type MemberRecord, setClaims } from "section-client";
import { Problem } from "section-model";
import { sayClaim } from "../../protection/claim-words";
import { type Hold, mayTake } from "../../protection/hold";
import type { Session } from "../../run/session";
import type { Members, TeamPlan } from "./plan";

/** Whether a team may change or end a membership: another stack's it leaves alone, unless that is agreed to. */
export function mayTakeMember(hold: Hold | undefined): (member: MemberRecord) => boolean {
    return ({ claim }) => hold === undefined || mayTake(hold, claim);
}

/** Refuses to give another role to a member whom another stack has. */
export function refuseHeldMembers(organization: number, { roles }: TeamPlan, hold: Hold | undefined): void {
    const held = roles.map(({ member }) => member).filter((member) => !mayTakeMember(hold)(member));
    if (held.length === 0) return;
    const people = held.map(({ email, role, claim }) => `${email} (${role}, of ${sayClaim(claim)})`).join(", ");
    throw new Problem("claim-held", `the team of organization ${organization} would change ${people}`, {
        remedy: "List them with the role that they have, or take them over with adopt: true on the Team",
    });
}

/** Claims the memberships of listed people. A Membership of the same stack that is deleted later ends none of them. */
export async function claimMembers(
    { client }: Session,
    organization: number,
    people: readonly MemberRecord[],
    wanted: Members,
    hold: Hold | undefined,
): Promise<void> {
    if (hold === undefined) return;
    const { claim } = hold;
    const changes = people
        .filter((member) => wanted[member.email] !== undefined && mayTakeMember(hold)(member))
        .filter((member) => member.claim?.id !== claim.id)
        .map(({ email, claim: present }) => ({ thing: { email }, expected: present?.id ?? null, claim }));
    if (changes.length > 0) await setClaims(client, organization, changes);
}

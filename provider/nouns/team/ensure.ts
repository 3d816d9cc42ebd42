import { inviteMember, listMembers, type MemberRecord, removeMember, setRole } from "section-client";
import { type Capability, Problem } from "section-model";
import { hasArrived } from "../../protection/arrived-things";
import { type OrganizationAccess, readAccess } from "../../protection/find-lockouts";
import type { Hold } from "../../protection/hold";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import { type Found, Unfinished } from "../noun";
import { claimMembers, mayTakeMember, refuseHeldMembers } from "./claims";
import { type CheckedTeam, foundTeam, type TeamOutputs } from "./observe";
import { describeMembers, type Members, planTeam } from "./plan";

/** Whether a member is on no list. */
export const isUnlisted = (
    { owner }: OrganizationAccess,
    { members, ended = [] }: Pick<CheckedTeam, "members" | "ended">,
) => {
    return ({ email }: MemberRecord) => members[email] === undefined && email !== owner && !ended.includes(email);
};

/** Makes all changes in one go. After a failure the changes made are kept, and the next up continues. */
async function syncTeam(
    session: Session,
    organization: number,
    inputs: CheckedTeam,
    before: Members,
    hold: Hold | undefined,
): Promise<Found<TeamOutputs>> {
    const { client } = session;
    const mayTake = mayTakeMember(hold);
    const { members: people, owner } = await readAccess(session, organization);
    const mayGo = new Set([...(inputs.removes ?? []), ...(inputs.ended ?? []), ...Object.keys(before)]);
    const found = async () => {
        const now = await listMembers(client, organization);
        const known = now.filter(({ email }) => inputs.members[email] !== undefined || mayGo.has(email));
        return foundTeam(organization, describeMembers(known, inputs.members, owner), now, inputs);
    };
    const plan = planTeam(people, inputs.members, mayGo, owner, mayTake);
    refuseHeldMembers(organization, plan, hold);
    try {
        // claimed before anything changes: after a failure they are still this stack's
        await claimMembers(session, organization, people, inputs.members, hold);
        for (const { email, role } of plan.invites)
            await inviteMember(client, organization, email, role as Capability, hold?.claim);
        // v1 does not tell the role that it gave
        const { roles, removes } = planTeam(
            plan.invites.length > 0 ? await listMembers(client, organization) : people,
            inputs.members,
            mayGo,
            owner,
            mayTake,
        );
        for (const { member, role } of roles) await setRole(client, organization, member.userId, role as Capability);
        for (const { userId } of removes) await unlessGone(removeMember(client, organization, userId));
    } catch (error) {
        throw new Unfinished(await found().catch(() => foundTeam(organization, before, people, inputs)), error);
    }
    return found();
}

/**
 * Refuses to remove people that no preview can have shown: members of an organization that this operation has adopted.
 */
async function refuseUnseen(session: Session, organization: number, inputs: CheckedTeam): Promise<void> {
    if (!hasArrived(session.memory, `organization ${organization}`)) return;
    const access = await readAccess(session, organization);
    const unseen = access.members.filter(isUnlisted(access, inputs)).map(({ email, role }) => `${email} (${role})`);
    if (unseen.length === 0) return;
    throw new Problem(
        "unseen-members",
        `organization ${organization} existed already and has members who are not listed: ${unseen.join(", ")}`,
    );
}

export async function ensureTeam(
    session: Session,
    inputs: CheckedTeam,
    previous?: Found<TeamOutputs>,
    hold?: Hold,
): Promise<Found<TeamOutputs>> {
    const organization = Number(inputs.organization);
    if (previous === undefined) await refuseUnseen(session, organization, inputs);
    return syncTeam(session, organization, inputs, previous?.outputs.members ?? {}, hold);
}

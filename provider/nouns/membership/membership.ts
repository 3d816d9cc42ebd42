import { inviteMember, listMembers, type MemberRecord, removeMember, setRole } from "section-client";
import { type MembershipInputs, membershipSchema, Problem, parseMembershipId, resourceId } from "section-model";
import { refuseAnotherThing } from "../../protection/another-thing";
import { findLockouts, readAccess } from "../../protection/find-lockouts";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import { judgeLastDay } from "../last-day";
import type { Found, Noun } from "../noun";

interface Declared extends MembershipInputs {
    /** Its last day is past. */
    ended?: true;
}

interface MembershipOutputs extends Declared {
    userId: number;
    status: "pending" | "active" | "ended";
}

type Term = Pick<Declared, "until" | "ended">;

function foundOf(
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

async function findMember({ client }: Session, organization: number, email: string): Promise<MemberRecord | undefined> {
    return (await listMembers(client, organization)).find((member) => member.email === email);
}

async function admitMember(
    session: Session,
    organization: number,
    { email, role }: Declared,
    isKnown: boolean,
): Promise<MemberRecord> {
    // inviting a member again writes to who has not answered yet, so it is for new ones
    const existing = isKnown ? await findMember(session, organization, email) : undefined;
    const invited = existing ?? (await inviteMember(session.client, organization, email, role));
    const member = invited ?? (await findMember(session, organization, email));
    if (member === undefined)
        throw new Problem(
            "internal",
            `${email} was invited to organization ${organization} and is not among its members`,
        );
    if (member.role !== role) await setRole(session.client, organization, member.userId, role);
    return { ...member, role };
}

/** Refuses to take a role from whoever must not lose it. */
async function refuseLockout(
    session: Session,
    organization: number,
    email: string,
    role: string | undefined,
): Promise<void> {
    const [lockout] = findLockouts(await readAccess(session, organization), (member) =>
        member.email === email ? role : member.role,
    );
    if (lockout !== undefined) throw lockout;
}

export const membershipNoun: Noun<Declared, MembershipOutputs> = {
    kind: "membership",
    schema: membershipSchema,
    replacesOn: ["organization", "email"],
    compares: ["organization", "email", "role", "until", "ended"],

    lapse: (inputs, olds, today) => {
        const { until, email = "somebody" } = inputs;
        const same = { inputs: { ...inputs }, issues: [], warnings: [] };
        if (until === undefined) return same;
        const { isPast, warning } = judgeLastDay(email, until, today);
        if (!isPast) return { ...same, warnings: warning === undefined ? [] : [warning] };
        if (olds.until !== until) {
            return {
                ...same,
                issues: [
                    {
                        property: "until",
                        reason: `is ${until}, which is past; name a later day, or remove the membership to end it`,
                    },
                ],
            };
        }
        return { ...same, inputs: { ...inputs, ended: true } };
    },

    preflight: async (session, { organization, email, role, ended }) => {
        if (organization === undefined || email === undefined || role === undefined || (role === "admin" && !ended))
            return [];
        const access = await readAccess(session, Number(organization));
        const lockouts = findLockouts(access, (member) =>
            member.email !== email ? member.role : ended ? undefined : role,
        );
        return lockouts.map(({ detail, remedy }) => ({
            property: ended ? "until" : "role",
            reason: `cannot be so: ${detail}. ${remedy}`,
        }));
    },

    refuseChange: async (session, { id, outputs }, { isReplacement }) => {
        const { organization, email } = parseMembershipId(id);
        if (isReplacement && !outputs.ended) await unlessGone(refuseLockout(session, organization, email, undefined));
    },

    claims: (id, { ended }) => (ended ? [] : [`membership ${id}`]),

    ensure: async (session, inputs, previous) => {
        const organization = Number(inputs.organization);
        if (!inputs.ended) {
            const member = await admitMember(session, organization, inputs, previous !== undefined);
            return foundOf(organization, member, inputs);
        }
        const member = await findMember(session, organization, inputs.email);
        if (member !== undefined) await unlessGone(removeMember(session.client, organization, member.userId));
        const last: MemberRecord = {
            email: inputs.email,
            role: inputs.role,
            status: "active",
            userId: member?.userId ?? previous?.outputs.userId ?? 0,
        };
        return foundOf(organization, last, inputs);
    },

    observe: async (session, id, known) => {
        const { organization, email } = parseMembershipId(id);
        const member = await unlessGone(findMember(session, organization, email));
        const { until, ended } = known;
        if (member === undefined) return ended ? { id, outputs: known as MembershipOutputs } : undefined;
        const hasDrifted = ended || (known.role !== undefined && known.role !== member.role);
        return {
            ...foundOf(organization, member, { until }),
            ...(hasDrifted && { inputs: { organization: String(organization), email, role: member.role, until } }),
        };
    },

    refuseOther: async ({ client }, { id, outputs: { userId, ended } }) => {
        if (ended) return;
        const { organization, email } = parseMembershipId(id);
        const members = (await unlessGone(listMembers(client, organization, { mayBeStale: true }))) ?? [];
        const user = members.find((member) => member.userId === userId);
        refuseAnotherThing(`user ${userId} of organization ${organization}`, user?.email, email);
    },

    remove: async (session, { id, outputs: { userId } }) => {
        const { organization } = parseMembershipId(id);
        await unlessGone(removeMember(session.client, organization, userId));
    },
};

import { type MembershipInputs, membershipSchema, Problem, parseMembershipId, resourceId } from "section-model";
import { inviteMember, listMembers, type MemberRecord, removeMember, setRole } from "../client/memberships";
import { unlessGone } from "./gone";
import type { Found, Noun } from "./noun";
import type { Session } from "./session";

interface MembershipOutputs {
    organization: string;
    email: string;
    role: string;
    userId: number;
    status: "pending" | "active";
}

function foundOf(organization: number, { userId, email, role, status }: MemberRecord): Found<MembershipOutputs> {
    return { id: resourceId.membership({ organization, email }), outputs: { organization: String(organization), email, role, userId, status } };
}

async function findMember({ client }: Session, organization: number, email: string): Promise<MemberRecord | undefined> {
    return (await listMembers(client, organization)).find((member) => member.email === email);
}

export const membershipNoun: Noun<MembershipInputs, MembershipOutputs> = {
    kind: "membership",
    schema: membershipSchema,
    replacesOn: ["organization", "email"],
    compares: ["organization", "email", "role"],

    ensure: async (session, { organization: account, email, role }) => {
        const organization = Number(account);
        // inviting a member again changes nothing, so it need not be known who is one already
        const invited = await inviteMember(session.client, organization, email, role);
        const member = invited ?? (await findMember(session, organization, email));
        if (member === undefined) throw new Problem("internal", `${email} was invited to organization ${organization} and is not among its members`);
        if (member.role !== role) await setRole(session.client, organization, member.userId, role);
        return foundOf(organization, { ...member, role });
    },

    observe: async (session, id, known) => {
        const { organization, email } = parseMembershipId(id);
        const member = await unlessGone(findMember(session, organization, email));
        if (member === undefined) return undefined;
        const hasDrifted = known.role !== undefined && known.role !== member.role;
        return { ...foundOf(organization, member), ...(hasDrifted && { inputs: { organization: String(organization), email, role: member.role } }) };
    },

    remove: async (session, { id, outputs: { userId } }) => {
        const { organization } = parseMembershipId(id);
        await unlessGone(removeMember(session.client, organization, userId));
    },
};

import type { MemberRecord } from "section-client";
import { parseOrganizationId, resourceId, roleOf, teamSchema } from "section-model";
import { sayClaim } from "../../protection/claim-words";
import { findLockouts, type OrganizationAccess, readAccess } from "../../protection/find-lockouts";
import type { Noun } from "../noun";
import { explainLost } from "../refuse-gone";
import { mayTakeMember } from "./claims";
import { ensureTeam, isUnlisted } from "./ensure";
import { lapseTeam } from "./lapse";
import { type CheckedTeam, observeTeam, type TeamOutputs } from "./observe";
import { removeTeam } from "./remove";

/** Changes that the platform would refuse, each under the property of its person. */
function findIssues(access: OrganizationAccess, { members }: Pick<CheckedTeam, "members">) {
    const { caller, owner, people } = { ...access, people: access.members };
    const plan = (member: MemberRecord) => {
        const wish = members[member.email];
        if (wish !== undefined) return roleOf(wish);
        return member.email === owner ? member.role : undefined;
    };
    const isComing = Object.entries(members).some(
        ([email, member]) => roleOf(member) === "admin" && !people.some((each) => each.email === email),
    );
    return findLockouts(access, plan, isComing).map(({ code, detail, remedy }) => {
        if (code === "owner-protected") {
            const reason = `are refused: ${detail}. List the owner as admin, or leave them out: they stay`;
            return { property: "members", reason };
        }
        const isLeftOut = code === "self-lockout" && members[caller] === undefined;
        const hint = isLeftOut
            ? `List ${caller} as well, or let another admin do it`
            : code === "last-admin"
              ? "List somebody as admin"
              : remedy;
        return { property: "members", reason: `are refused: ${detail}. ${hint}` };
    });
}

export const teamNoun: Noun<CheckedTeam, TeamOutputs> = {
    kind: "team",
    schema: teamSchema,
    replacesOn: ["organization"],
    compares: ["organization", "members", "removes"],
    besides: ["ended"],

    lapse: lapseTeam,

    preflight: async (session, { organization, members }) => {
        if (organization === undefined || members === undefined) return [];
        const access = await explainLost(session, organization, readAccess(session, Number(organization)));
        return findIssues(access, { members });
    },

    foresee: async (session, { organization, members, ended }, olds, _, hold): Promise<{ removes?: string[] }> => {
        if (organization === undefined || members === undefined) return {};
        const access = await explainLost(session, organization, readAccess(session, Number(organization)));
        const mayTake = mayTakeMember(hold);
        const all = access.members.filter(isUnlisted(access, { members, ended }));
        const unlisted = all.filter(mayTake);
        for (const { email, role, claim } of all.filter((member) => !mayTake(member)))
            session.tell(`team of organization ${organization}: ${email} (${role}) stays: of ${sayClaim(claim)}`);
        for (const { email, role } of unlisted)
            session.tell(`team of organization ${organization}: ${email} (${role}) is not listed and will be removed`);
        const before = ((olds as Partial<CheckedTeam>).removes ?? []).filter((email) => members[email] === undefined);
        // people removed earlier stay in the list: a preview would show a missing line as if the person came back
        const removes = unlisted.length > 0 ? unlisted.map(({ email }) => email).sort() : before;
        return removes.length > 0 ? { removes } : {};
    },

    // listed people stay members, even if a Membership of theirs is deleted
    claims: (id, { members = {} }) => [
        `team ${id}`,
        ...Object.keys(members)
            .map((email) => resourceId.membership({ ...parseOrganizationId(id), email }))
            .map((each) => `membership ${each}`),
    ],

    observe: observeTeam,
    ensure: ensureTeam,
    remove: removeTeam,
};

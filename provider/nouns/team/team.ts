import { inviteMember, listMembers, type MemberRecord, removeMember, setRole } from "section-client";
import {
    type Capability,
    lastDayOf,
    Problem,
    parseOrganizationId,
    resourceId,
    roleOf,
    type TeamInputs,
    teamSchema,
} from "section-model";
import { hasArrived } from "../../protection/arrived-things";
import { isDeclared } from "../../protection/declared-now";
import { type Access, findLockouts, readAccess } from "../../protection/find-lockouts";
import { isSame } from "../../run/properties";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import { judgeLastDay } from "../last-day";
import { type Found, type Noun, Unfinished } from "../noun";
import { describeMembers, type Members, planTeam } from "./plan";

interface Declared extends TeamInputs {
    /** Who is listed and whose last day is past. */
    ended?: string[];
    /** Who is a member and not listed: shown by the preview that found them. */
    removes?: string[];
}

interface TeamOutputs {
    organization: string;
    members: Members;
    ended?: string[];
    removes?: string[];
    /** Who has not followed the invitation yet. */
    pending: string[];
}

type Shown = Pick<Declared, "ended" | "removes">;

function foundOf(
    organization: number,
    members: Members,
    people: readonly MemberRecord[],
    { ended, removes }: Shown,
): Found<TeamOutputs> {
    const pending = people
        .filter(({ email, status }) => status === "pending" && members[email] !== undefined)
        .map(({ email }) => email);
    return {
        id: resourceId.organization({ organization }),
        outputs: { organization: String(organization), members, ended, removes, pending: pending.sort() },
    };
}

const isUnlisted = ({ owner }: Access, { members, ended = [] }: Pick<Declared, "members" | "ended">) => {
    return ({ email }: MemberRecord) => members[email] === undefined && email !== owner && !ended.includes(email);
};

/** What the platform would refuse, for each person under the name of the property. */
function findIssues(access: Access, { members }: Pick<Declared, "members">) {
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
        const isLeftOut = code === "self-lockout" && members[caller] === undefined;
        const hint = isLeftOut
            ? `List ${caller} as well, or let another admin do it`
            : code === "last-admin"
              ? "List somebody as admin"
              : remedy;
        return { property: "members", reason: `cannot be so: ${detail}. ${hint}` };
    });
}

/** Does all of it in one go. What was done before something failed is kept, and the next up goes on from there. */
async function syncTeam(
    session: Session,
    organization: number,
    inputs: Declared,
    before: Members,
): Promise<Found<TeamOutputs>> {
    const { client } = session;
    const { members: people, owner } = await readAccess(session, organization);
    const mayGo = new Set([...(inputs.removes ?? []), ...(inputs.ended ?? []), ...Object.keys(before)]);
    const found = async () => {
        const now = await listMembers(client, organization);
        const known = now.filter(({ email }) => inputs.members[email] !== undefined || mayGo.has(email));
        return foundOf(organization, describeMembers(known, inputs.members, owner), now, inputs);
    };
    try {
        const { invites } = planTeam(people, inputs.members, mayGo, owner);
        for (const { email, role } of invites) await inviteMember(client, organization, email, role as Capability);
        // v1 does not say what role it gave
        const { roles, removes } = planTeam(
            invites.length > 0 ? await listMembers(client, organization) : people,
            inputs.members,
            mayGo,
            owner,
        );
        for (const { member, role } of roles) await setRole(client, organization, member.userId, role as Capability);
        for (const { userId } of removes) await unlessGone(removeMember(client, organization, userId));
    } catch (error) {
        throw new Unfinished(await found().catch(() => foundOf(organization, before, people, inputs)), error);
    }
    return found();
}

/**
 * Nobody is removed whom no preview can have shown: those of an organization that this very operation found and took
 * over.
 */
async function refuseUnseen(session: Session, organization: number, inputs: Declared): Promise<void> {
    if (!hasArrived(session.client, `organization ${organization}`)) return;
    const access = await readAccess(session, organization);
    const unseen = access.members.filter(isUnlisted(access, inputs)).map(({ email, role }) => `${email} (${role})`);
    if (unseen.length === 0) return;
    throw new Problem(
        "unseen-members",
        `organization ${organization} existed already and has members who are not listed: ${unseen.join(", ")}`,
    );
}

export const teamNoun: Noun<Declared, TeamOutputs> = {
    kind: "team",
    schema: teamSchema,
    replacesOn: ["organization"],
    compares: ["organization", "members", "removes"],

    lapse: (inputs, olds, today) => {
        const { members } = inputs;
        if (members === undefined) return { inputs: { ...inputs }, issues: [], warnings: [] };
        const kept: Members = {};
        const ended: string[] = [];
        const issues = [];
        const warnings = [];
        for (const [email, member] of Object.entries(members)) {
            const until = lastDayOf(member);
            const { isPast, warning } = until === undefined ? { isPast: false } : judgeLastDay(email, until, today);
            const before = olds.members?.[email];
            const isKnown = olds.ended?.includes(email) || (before !== undefined && lastDayOf(before) === until);
            if (warning !== undefined) warnings.push(warning);
            if (!isPast) kept[email] = member;
            else if (isKnown) ended.push(email);
            else {
                const reason = `is ${until}, which is past; name a later day, or leave ${email} out to end the membership`;
                issues.push({ property: `members[${JSON.stringify(email)}].until`, reason });
            }
        }
        return {
            inputs: { ...inputs, members: kept, ...(ended.length > 0 && { ended: ended.sort() }) },
            issues,
            warnings,
        };
    },

    preflight: async (session, { organization, members }) => {
        if (organization === undefined || members === undefined) return [];
        return findIssues(await readAccess(session, Number(organization)), { members });
    },

    foresee: async (session, { organization, members, ended }, olds): Promise<{ removes?: string[] }> => {
        if (organization === undefined || members === undefined) return {};
        const access = await readAccess(session, Number(organization));
        const unlisted = access.members.filter(isUnlisted(access, { members, ended }));
        for (const { email, role } of unlisted)
            session.tell(`team of organization ${organization}: ${email} (${role}) is not listed and will be removed`);
        const before = ((olds as Partial<Declared>).removes ?? []).filter((email) => members[email] === undefined);
        // what was removed earlier stays written down: a line that goes would look as if somebody came back
        const removes = unlisted.length > 0 ? unlisted.map(({ email }) => email).sort() : before;
        return removes.length > 0 ? { removes } : {};
    },

    // whoever is listed stays, also where a Membership of theirs is deleted
    claims: (id, { members = {} }) => [
        `team ${id}`,
        ...Object.keys(members)
            .map((email) => resourceId.membership({ ...parseOrganizationId(id), email }))
            .map((each) => `membership ${each}`),
    ],

    ensure: async (session, inputs, previous) => {
        const organization = Number(inputs.organization);
        if (previous === undefined) await refuseUnseen(session, organization, inputs);
        return syncTeam(session, organization, inputs, previous?.outputs.members ?? {});
    },

    observe: async (session, id, known) => {
        const { organization } = parseOrganizationId(id);
        const access = await unlessGone(readAccess(session, organization));
        if (access === undefined) return undefined;
        const isLookup = known.members === undefined;
        const members = describeMembers(access.members, known.members ?? {}, isLookup ? undefined : access.owner);
        const hasDrifted = !isLookup && !isSame(members, known.members);
        const found = foundOf(organization, members, access.members, hasDrifted ? { ended: known.ended } : known);
        return {
            ...found,
            ...(hasDrifted && { inputs: { organization: String(organization), members, ended: known.ended } }),
        };
    },

    remove: async (session, { id, outputs: { members } }) => {
        const { organization } = parseOrganizationId(id);
        const access = await unlessGone(readAccess(session, organization));
        for (const { email, userId, role } of access?.members ?? []) {
            if (members[email] === undefined || isDeclared(session.client, `membership ${organization}/${email}`))
                continue;
            if (email === access?.owner || email === access?.caller) {
                session.tell(
                    `team of organization ${organization}: ${email} (${role}) stays: the owner and this token's user cannot be removed`,
                );
                continue;
            }
            await unlessGone(removeMember(session.client, organization, userId));
        }
    },
};

import type { MemberRecord } from "section-client";
import { lastDayOf, roleOf, type TeamMember } from "section-model";

/** E-mail address -> role, or role and last day. */
export type Members = Record<string, TeamMember>;

/** The changes that make the members as listed, in their order: nobody is removed before the new members are there. */
export interface TeamPlan {
    invites: { email: string; role: MemberRecord["role"] }[];
    /** The stronger roles first. */
    roles: { member: MemberRecord; role: string }[];
    removes: MemberRecord[];
}

/**
 * @param mayGo addresses that a preview showed as leaving; unlisted people who came since are left alone
 * @param mayTake false for people whose membership another stack has: they stay
 */
export function planTeam(
    people: readonly MemberRecord[],
    wanted: Members,
    mayGo: ReadonlySet<string>,
    owner: string | undefined,
    mayTake: (member: MemberRecord) => boolean = () => true,
): TeamPlan {
    const there = new Set(people.map(({ email }) => email));
    const roles = people.flatMap((member) => {
        const wish = wanted[member.email];
        return wish === undefined || roleOf(wish) === member.role ? [] : [{ member, role: roleOf(wish) as string }];
    });
    return {
        invites: Object.entries(wanted)
            .filter(([email]) => !there.has(email))
            .map(([email, member]) => ({ email, role: roleOf(member) })),
        roles: roles.sort((one, other) => Number(other.role === "admin") - Number(one.role === "admin")),
        removes: people.filter(
            (member) =>
                wanted[member.email] === undefined &&
                member.email !== owner &&
                mayGo.has(member.email) &&
                mayTake(member),
        ),
    };
}

/** The members as a declaration would list them: with known last days, and with the owner only where it was listed. */
export function describeMembers(people: readonly MemberRecord[], known: Members, owner: string | undefined): Members {
    const listed = people.filter(({ email }) => email !== owner || known[email] !== undefined);
    const entries = listed.map(({ email, role }): [string, TeamMember] => {
        const until = known[email] && lastDayOf(known[email]);
        return [email, (until === undefined ? role : { role, until }) as TeamMember];
    });
    return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

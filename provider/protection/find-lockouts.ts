import { listMembers, listOrganizations, type MemberRecord, readCaller } from "section-client";
import { normaliseEmail, Problem } from "section-model";
import type { Session } from "../run/session";

/** The members of an organization, and the people who must not lose their access. */
export interface OrganizationAccess {
    organization: number;
    members: MemberRecord[];
    /** The user of the token. */
    caller: string;
    /** Undefined where the endpoint does not tell. */
    owner?: string;
}

export async function readAccess({ client }: Session, organization: number): Promise<OrganizationAccess> {
    const [members, { email }, organizations] = await Promise.all([
        listMembers(client, organization),
        readCaller(client),
        listOrganizations(client),
    ]);
    return {
        organization,
        members,
        caller: normaliseEmail(email),
        owner: organizations.find(({ id }) => id === organization)?.ownerEmail,
    };
}

/** Tells that an owner stays a member though nothing declares it any more. */
export function tellOwnerStays({ tell }: Session, organization: number, email: string): void {
    tell(`membership ${organization}/${email} is kept: ${email} owns organization ${organization}`);
}

/** The role of a member after the change, or undefined for no member any more. */
export type PlannedRole = (member: MemberRecord) => string | undefined;

/**
 * Reasons to refuse a change of people: the platform keeps the owner, the last admin and the caller.
 *
 * @param comingAdmins whether the same change adds an admin who is no member yet
 */
export function findLockouts(
    { organization, members, caller, owner }: OrganizationAccess,
    plan: PlannedRole,
    comingAdmins = false,
): Problem[] {
    const problems: Problem[] = [];
    for (const member of members) {
        const role = plan(member);
        if (role === member.role || role === "admin") continue;
        const verb = role === undefined ? "removed" : "demoted";
        if (member.email === owner) {
            problems.push(
                new Problem(
                    "owner-protected",
                    `${member.email} owns organization ${organization} and cannot be ${verb}`,
                ),
            );
        } else if (member.email === caller) {
            problems.push(
                new Problem("self-lockout", `${member.email} is this token's user and cannot be ${verb} by themselves`),
            );
        }
    }
    const admins = members.filter(({ role }) => role === "admin");
    if (
        problems.length === 0 &&
        !comingAdmins &&
        admins.length > 0 &&
        !members.some((member) => plan(member) === "admin")
    ) {
        const [last] = admins;
        problems.push(
            new Problem(
                "last-admin",
                `${last?.email} is the last admin of organization ${organization} and must stay an admin`,
            ),
        );
    }
    return problems;
}

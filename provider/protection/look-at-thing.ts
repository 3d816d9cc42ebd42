import {
    type EnvironmentPlace,
    listApplications,
    listEnvironments,
    listMembers,
    listOrganizations,
} from "section-client";
import {
    parseApplicationId,
    parseDomainId,
    parseEnvironmentId,
    parseMembershipId,
    parseOrganizationId,
    productionName,
    resourceId,
} from "section-model";
import { findEnvironmentRecord, findGitUrl, findHead } from "../run/find-branch";
import type { Properties } from "../run/properties";
import type { Session } from "../run/session";
import { hasUnknown } from "../run/unknown";
import { unlessForbidden, unlessGone } from "../run/unless-gone";

/**
 * One thing on the platform, with the properties that a change of it depends on. Only `exists: false` when there is
 * none.
 */
export interface Sight {
    exists: boolean;
    name?: string;
    /** E-mail address -> role. */
    members?: Record<string, string>;
    role?: string;
    hostname?: string;
    /** The commit that its branch is at, and its tree. For an application those of Production. */
    head?: string;
    tree?: string;
    hostnames?: string[];
    /** The id of the environment that has the hostname. */
    environment?: string;
    /** True when its DNS leads here. */
    engaged?: boolean;
}

const absent: Sight = { exists: false };
const present = (facts: Omit<Sight, "exists">): Sight => ({ exists: true, ...facts });

async function membersOf({ client }: Session, organization: number): Promise<Record<string, string> | undefined> {
    const members = await unlessForbidden(listMembers(client, organization));
    return members && Object.fromEntries(members.map(({ email, role }) => [email, role]).sort());
}

async function seeBranch(
    session: Session,
    place: EnvironmentPlace,
): Promise<Pick<Sight, "head" | "tree" | "hostnames"> | undefined> {
    const record = await unlessGone(findEnvironmentRecord(session, place));
    if (record === undefined) return undefined;
    const { commit, tree } = await findHead(session, place, await findGitUrl(session, place), record);
    return { head: commit, tree, hostnames: record.domains.map(({ hostname }) => hostname).sort() };
}

const looks: Readonly<Record<string, (session: Session, id: string) => Promise<Sight>>> = {
    organization: async (session, id) => {
        const { organization } = parseOrganizationId(id);
        const found = (await listOrganizations(session.client)).find((each) => each.id === organization);
        return found === undefined
            ? absent
            : present({ name: found.name, members: await membersOf(session, organization) });
    },
    team: async (session, id) => {
        const members = await unlessGone(membersOf(session, parseOrganizationId(id).organization));
        return members === undefined ? absent : present({ members });
    },
    membership: async ({ client }, id) => {
        const { organization, email } = parseMembershipId(id);
        const found = (await unlessGone(listMembers(client, organization)))?.find((each) => each.email === email);
        return found === undefined ? absent : present({ role: found.role });
    },
    application: async (session, id) => {
        const place = parseApplicationId(id);
        const found = (await unlessGone(listApplications(session.client, place.organization)))?.find(
            (each) => each.id === place.application,
        );
        if (found === undefined) return absent;
        return present({
            hostname: found.name.toLowerCase(),
            ...(await seeBranch(session, { ...place, environment: productionName })),
        });
    },
    environment: async (session, id) => {
        const seen = await seeBranch(session, parseEnvironmentId(id));
        return seen === undefined ? absent : present(seen);
    },
    domain: async ({ client }, id) => {
        const { hostname, ...place } = parseDomainId(id);
        for (const { name, domains } of (await unlessGone(listEnvironments(client, place))) ?? []) {
            const domain = domains.find((each) => each.hostname === hostname);
            if (domain !== undefined)
                return present({
                    environment: resourceId.environment({ ...place, environment: name }),
                    engaged: domain.engaged,
                });
        }
        return absent;
    },
};

/** A thing as the platform has it now. Undefined for a kind that the platform does not have. */
export async function lookAtThing(session: Session, kind: string, id: string): Promise<Sight | undefined> {
    return looks[kind]?.(session, id);
}

/** The id that a declaration will get or already has. Undefined when only creation tells it. */
export function foreseeId(
    kind: string,
    { organization, email, application, environment, name, hostname }: Properties,
): string | undefined {
    const parts: Readonly<Record<string, unknown[]>> = {
        team: [organization],
        membership: [organization, email],
        environment: [application, name],
        domain: [environment, hostname],
    };
    const own = parts[kind];
    return own === undefined || own.some((part) => typeof part !== "string" || hasUnknown(part))
        ? undefined
        : own.join("/");
}

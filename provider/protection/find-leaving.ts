import { normaliseHostname } from "section-model";
import type { DeclaredThings } from "../run/declared-things";

export interface LeavingHostname {
    hostname: string;
    /** The id of the environment that has it. */
    environment: string;
}

/** Things that are no longer declared. A thing that leaves with a larger one is not listed itself. */
export interface Leaving {
    sites: { id: string; hostname: string; client: string }[];
    hostnames: LeavingHostname[];
    environments: string[];
    people: string[];
}

/** Adds missing kinds: an older version may have recorded the list. */
export function normaliseDeclared(declared: Partial<DeclaredThings>): DeclaredThings {
    return { organizations: [], sites: [], environments: [], domains: [], people: [], teams: [], ...declared };
}

/** Ids of memberships, whoever declares them. */
const listPeople = ({ people, teams }: DeclaredThings) => [
    ...people,
    ...teams.flatMap(([id, emails]) => (Array.isArray(emails) ? emails : []).map((email) => `${id}/${email}`)),
];

const organizationOf = (id: string) => id.split("/")[0] ?? "";
const applicationOf = (id: string) => id.split("/").slice(0, 2).join("/");

/** Compares the previous declarations with the new ones: by id, so that a name in the program may change. */
export function findLeaving(before: DeclaredThings, after: DeclaredThings): Leaving {
    const names = new Map(before.organizations);
    const kept = {
        organizations: new Set(after.organizations.map(([id]) => id)),
        sites: new Set(after.sites.map(([id]) => id)),
        environments: new Set(after.environments.map(([id]) => id)),
        hostnames: new Set([...after.sites, ...after.environments].map(([, hostname]) => normaliseHostname(hostname))),
        people: new Set(listPeople(after)),
    };
    for (const [hostname] of after.domains) kept.hostnames.add(hostname);
    const goesAlone = (id: string) =>
        kept.sites.has(applicationOf(id)) || !before.sites.some(([site]) => site === applicationOf(id));
    const environments = before.environments
        .map(([id]) => id)
        .filter((id) => !kept.environments.has(id) && !id.endsWith("/Production") && goesAlone(id));
    const leavingEnvironments = new Set(environments);
    const hostnames = [
        ...before.environments
            .map(([id, hostname]): [string, string] => [normaliseHostname(hostname), id])
            .filter(([, id]) => kept.environments.has(id)),
        ...before.domains,
    ]
        .filter(
            ([hostname, environment]) =>
                hostname !== "" &&
                !kept.hostnames.has(hostname) &&
                goesAlone(environment) &&
                !leavingEnvironments.has(environment),
        )
        .map(([hostname, environment]) => ({ hostname, environment }));
    return {
        sites: before.sites
            .filter(([id]) => !kept.sites.has(id))
            .map(([id, hostname]) => ({
                id,
                hostname,
                client: names.get(organizationOf(id)) ?? `organization ${organizationOf(id)}`,
            })),
        environments,
        hostnames,
        // members of an organization that leaves, leave with it
        people: listPeople(before).filter(
            (id) =>
                !kept.people.has(id) && (kept.organizations.has(organizationOf(id)) || !names.has(organizationOf(id))),
        ),
    };
}

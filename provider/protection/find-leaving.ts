import { normaliseHostname } from "section-model";
import { type DeclaredThings, organizationByName } from "../run/declared-things";

/** An organization, a site or an environment that is no longer declared. */
export interface LeavingThing {
    id: string;
    /** Such as `site www.acme.example`. */
    words: string;
    /** The name of its organization. */
    client: string;
}

/** An environment other than Production. It is alone if its site stays. */
export interface LeavingEnvironment extends LeavingThing {
    isAlone: boolean;
}

/** A hostname, which is alone if its environment stays. */
export interface LeavingHostname {
    hostname: string;
    /** The id of the environment that has it. */
    environment: string;
    client: string;
    isAlone: boolean;
}

/** Things that are no longer declared. */
export interface Leaving {
    organizations: LeavingThing[];
    sites: (LeavingThing & { hostname: string })[];
    environments: LeavingEnvironment[];
    hostnames: LeavingHostname[];
    /** Ids of memberships in organizations that stay. */
    people: string[];
}

/** Adds missing kinds: an older version may have recorded the list. */
export function normaliseDeclared(declared: Partial<DeclaredThings>): DeclaredThings {
    const none = { organizations: [], sites: [], environments: [], domains: [], people: [], teams: [], retained: [] };
    return { ...none, ...declared };
}

/** Ids of memberships, whoever declares them. */
const listPeople = ({ people, teams }: DeclaredThings) => [
    ...people,
    ...teams.flatMap(([id, emails]) => (Array.isArray(emails) ? emails : []).map((email) => `${id}/${email}`)),
];

const organizationOf = (id: string) => id.split("/")[0] ?? "";
const applicationOf = (id: string) => id.split("/").slice(0, 2).join("/");

/** True for the id of a thing that was made: a failed operation may have recorded others. */
const isMade = (id: string) => /^\d+(\/|$)/.test(id);

/** The previous declarations of things that were made. */
function listMade(before: DeclaredThings): DeclaredThings {
    const made = <T extends [string, ...unknown[]]>(list: T[]) => list.filter(([id]) => isMade(id));
    return {
        organizations: made(before.organizations),
        sites: made(before.sites),
        environments: made(before.environments),
        domains: before.domains.filter(([, environment]) => isMade(environment)),
        people: before.people.filter(isMade),
        teams: made(before.teams),
        retained: [],
    };
}

/** Turns an id with names into that of the thing that was declared before under these names, if there is one. */
function makeResolver(before: DeclaredThings, after: DeclaredThings): (id: string) => string {
    const taken = new Set(after.organizations.map(([id]) => id));
    const organizations = new Map(
        before.organizations.filter(([id]) => !taken.has(id)).map(([id, name]) => [organizationByName(name), id]),
    );
    const sites = new Map(before.sites.map(([id, hostname]) => [`${organizationOf(id)}/${hostname}`, id]));
    return (id) => {
        const [organization = "", ...rest] = id.split("/");
        const [site, ...below] = rest;
        const place = organizations.get(organization) ?? organization;
        const known = site === undefined ? undefined : sites.get(`${place}/${site}`);
        return known === undefined ? [place, ...rest].join("/") : [known, ...below].join("/");
    };
}

/** Lists what is declared now, so that it stays. */
function listKept(before: DeclaredThings, after: DeclaredThings) {
    const resolve = makeResolver(before, after);
    const { organizations, sites, environments, domains, retained } = after;
    const things = [...organizations, ...sites, ...environments].map(([id]) => id);
    return {
        retained: new Set(retained.map(resolve)),
        ids: new Set([...things, ...listPeople(after), ...retained].map(resolve)),
        hostnames: new Set([
            ...[...sites, ...environments].map(([, hostname]) => normaliseHostname(hostname)),
            ...domains.map(([hostname]) => hostname),
            ...retained,
        ]),
    };
}

/**
 * Compares the previous declarations with the new ones, by ids and, for what has none yet, by names: a resource may get
 * another name in the program.
 */
export function findLeaving(recorded: DeclaredThings, after: DeclaredThings): Leaving {
    const before = listMade(recorded);
    const { ids: kept, hostnames: keptHostnames, retained } = listKept(before, after);
    const siteHostnames = new Map(before.sites);
    const names = new Map(before.organizations);
    const clientOf = (id: string) => names.get(organizationOf(id)) ?? `organization ${organizationOf(id)}`;
    const make = (id: string, words: string) => ({ id, words, client: clientOf(id) });
    const sites = before.sites
        .filter(([id]) => !kept.has(id))
        .map(([id, hostname]) => ({ ...make(id, `site ${hostname}`), hostname }));
    const gone = new Set(sites.map(({ id }) => id));
    const environments = before.environments
        .filter(([id]) => !kept.has(id) && !id.endsWith("/Production"))
        .map(([id]) => {
            const site = applicationOf(id);
            const words = `environment ${id.slice(site.length + 1)} of ${siteHostnames.get(site) ?? site}`;
            return { ...make(id, words), isAlone: !gone.has(site) };
        });
    for (const { id } of environments) gone.add(id);
    const hostnames = [
        // another one in the same environment
        ...before.environments
            .filter(([id]) => kept.has(id) && !retained.has(id))
            .map(([id, hostname]): [string, string] => [normaliseHostname(hostname), id]),
        // the application's own hostname goes with it
        ...before.domains.filter(([hostname, id]) => siteHostnames.get(applicationOf(id)) !== hostname),
    ]
        .filter(([hostname]) => hostname !== "" && !keptHostnames.has(hostname))
        .map(([hostname, environment]) => ({
            hostname,
            environment,
            client: clientOf(environment),
            isAlone: !gone.has(applicationOf(environment)) && !gone.has(environment),
        }));
    return {
        organizations: before.organizations
            .filter(([id]) => !kept.has(id))
            .map(([id, name]) => make(id, `organization ${name}`)),
        sites,
        environments,
        hostnames,
        people: listPeople(before).filter((id) => {
            const organization = organizationOf(id);
            // members of an organization that leaves, leave with it
            return !kept.has(id) && (kept.has(organization) || !names.has(organization));
        }),
    };
}

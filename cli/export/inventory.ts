import type { Kind, Recorded } from "pulumi-section/internal";

/** A resource as the program declares it and as its state has it. */
export interface ExportedResource {
    kind: Kind;
    /** Its name in the program: an id in words, such as `acme/jane@agency.example` or `www.acme.example/Staging`. */
    name: string;
    recorded: Recorded;
    /** The properties that the program writes, without the references to its owner. */
    declared: Record<string, unknown>;
    /** Files that lie in a folder beside the program: path in the repository -> content. */
    files?: ReadonlyMap<string, Buffer>;
}

export interface ExportedEnvironment {
    /** Missing: Production whose content is not managed. */
    environment?: ExportedResource;
    name: string;
    domains: ExportedResource[];
}

export interface ExportedSite {
    application: ExportedResource;
    environments: ExportedEnvironment[];
}

export interface ExportedClient {
    /** Also the name of its file. */
    slug: string;
    organization: ExportedResource;
    memberships: ExportedResource[];
    sites: ExportedSite[];
}

/** Something on the platform that the program does not declare. It stays as it is. */
export interface LeftOut {
    id: string;
    what: string;
    because: string;
}

export interface Inventory {
    clients: ExportedClient[];
    leftOut: LeftOut[];
}

export interface EstateCounts {
    organizations: number;
    members: number;
    sites: number;
    environments: number;
    /** Hostnames, those that come with a site or an environment too. */
    domains: number;
    resources: number;
}

/** Every resource, in the order of the program. */
export function resourcesOf({ clients }: Pick<Inventory, "clients">): ExportedResource[] {
    return clients.flatMap(({ organization, memberships, sites }) => [
        organization,
        ...memberships,
        ...sites.flatMap(({ application, environments }) => [
            application,
            ...environments.flatMap(({ environment, domains }) => [
                ...(environment === undefined ? [] : [environment]),
                ...domains,
            ]),
        ]),
    ]);
}

export function countEstate({ clients }: Pick<Inventory, "clients">): EstateCounts {
    const sites = clients.flatMap((client) => client.sites);
    const environments = sites.flatMap((site) => site.environments);
    const firstHostnames = environments.filter(({ environment }) => environment?.declared.hostname !== undefined);
    return {
        organizations: clients.length,
        members: clients.reduce((sum, { memberships }) => sum + memberships.length, 0),
        sites: sites.length,
        environments: environments.length,
        domains:
            sites.length + firstHostnames.length + environments.reduce((sum, { domains }) => sum + domains.length, 0),
        resources: resourcesOf({ clients }).length,
    };
}

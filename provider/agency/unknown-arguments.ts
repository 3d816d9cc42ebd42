import { type ArgumentNames, listUnknown } from "../run/list-unknown";
import type { AgencyArgs, ClientArgs } from "./agency";
import type { ClientSiteArgs, StagingArgs } from "./client-site";

const stagingNames: ArgumentNames<StagingArgs> = { hostname: true, origin: true, config: true, variables: true };
const siteNames: ArgumentNames<Omit<ClientSiteArgs, "organization">> = {
    hostname: true,
    origin: true,
    aliases: true,
    staging: true,
    stack: true,
    proxyChain: true,
    ipBlacklist: true,
    config: true,
    variables: true,
    sharedVariables: true,
    stagingFirst: true,
    promote: true,
    ownership: true,
    waitForLive: true,
    certificate: true,
};
const clientNames: ArgumentNames<ClientArgs> = {
    name: true,
    key: true,
    people: true,
    config: true,
    variables: true,
    sites: true,
};
const agencyNames: ArgumentNames<AgencyArgs> = {
    clients: true,
    staff: true,
    baseConfig: true,
    variables: true,
    completeTeams: true,
    proxyChain: true,
    withFirstSite: true,
};

type Path = readonly PropertyKey[];

function listUnknownOfSite(site: object, names: object, path: Path): string[] {
    const { staging } = site as { staging?: unknown };
    return [...listUnknown(site, names, path), ...listUnknown(staging, stagingNames, [...path, "staging"])];
}

/** The arguments of a ClientSite that it does not know. */
export function unknownOfClientSite(args: object): string[] {
    return listUnknownOfSite(args, { organization: true, ...siteNames }, []);
}

/** The same of an Agency, with its clients and their sites. Resources check the objects inside of these. */
export function unknownOfAgency(args: AgencyArgs): string[] {
    const ofClients = args.clients.flatMap((client, index) => {
        const path = ["clients", index];
        const ofSites = (client.sites ?? []).flatMap((site, at) =>
            listUnknownOfSite(site, siteNames, [...path, "sites", at]),
        );
        return [...listUnknown(client, clientNames, path), ...ofSites];
    });
    return [...listUnknown(args, agencyNames, []), ...ofClients];
}

import {
    type Claim,
    type EnvironmentPlace,
    isHostnameTaken,
    listApplications,
    listEnvironments,
    listHostnames,
    listOrganizations,
    readFeatures,
    readGraph,
} from "section-client";
import { resourceId } from "section-model";
import type { Session } from "../run/session";
import { unlessForbidden } from "../run/unless-gone";

/** The environment that has a hostname. */
export interface HostnameSource {
    place: EnvironmentPlace;
    /** The claim to the hostname itself. */
    own?: Claim;
    /** The claim that counts: its own, or that of its environment, or of the application whose hostname it is. */
    counts?: Claim;
    /** True when it is the application's own hostname. */
    namesApplication: boolean;
}

interface Site {
    organization: number;
    application: { id: number; name: string; claim?: Claim };
    environments: readonly { name: string; claim?: Claim; domains?: readonly { hostname: string; claim?: Claim }[] }[];
}

function findIn({ organization, application, environments }: Site, hostname: string): HostnameSource | undefined {
    for (const environment of environments) {
        const domain = environment.domains?.find((each) => each.hostname === hostname);
        if (domain === undefined) continue;
        const namesApplication = application.name.toLowerCase() === hostname;
        const ofSite = namesApplication ? application.claim : undefined;
        return {
            place: { organization, application: application.id, environment: environment.name },
            own: domain.claim,
            counts: domain.claim ?? environment.claim ?? ofSite,
            namesApplication,
        };
    }
    return undefined;
}

/**
 * All sites that may have the hostname: in one request where the endpoint can, else those of the organization that has
 * it.
 */
async function listSites({ client }: Session, hostname: string): Promise<Site[]> {
    if ((await readFeatures(client)).extensions.has("account.graph_detail"))
        return (await readGraph(client)).flatMap(({ id, applications }) =>
            applications.map(({ environments, ...application }) => ({ organization: id, application, environments })),
        );
    for (const { id: organization } of await listOrganizations(client)) {
        if (!(await unlessForbidden(listHostnames(client, organization)))?.includes(hostname)) continue;
        const sites: Site[] = [];
        for (const application of await listApplications(client, organization)) {
            const environments = await listEnvironments(client, { organization, application: application.id });
            sites.push({ organization, application, environments });
        }
        return sites;
    }
    return [];
}

/** The environment that has a hostname, if the token's user sees it. */
export async function findHostnameSource(session: Session, hostname: string): Promise<HostnameSource | undefined> {
    if (!(await isHostnameTaken(session.client, hostname))) return undefined;
    for (const site of await listSites(session, hostname)) {
        const source = findIn(site, hostname);
        if (source !== undefined) return source;
    }
    return undefined;
}

/** The source in words: its environment. */
export const saySource = ({ place }: HostnameSource): string => `environment ${resourceId.environment(place)}`;

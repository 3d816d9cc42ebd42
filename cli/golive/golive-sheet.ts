import type { Session } from "pulumi-section/internal";
import { type PlatformFeatures, readFeatures } from "section-client";
import { mapAtMost } from "section-display";
import { sectionEdgeDomain } from "section-model";
import type { Choice } from "../terminal/choose-client";
import { type DomainSheet, takeDomainSheet } from "./domain-sheet";
import { type GoLiveStep, orderSteps } from "./golive-steps";

/** The steps of a client to go live, and the progress. */
export interface GoLiveSheet {
    client: { id: string; name: string };
    /** Only for a sheet of one site. */
    site?: string;
    endpoint: string;
    /** What a reader must know of the platform before any change. Empty if nothing. */
    notes: string[];
    /** ISO 8601. */
    checkedAt: string;
    /** By site, Production first. */
    domains: DomainSheet[];
    steps: GoLiveStep[];
}

const atOnce = 8;

/** A platform of one's own whose operator has named no edge sends visitors to Section. */
function sayEdge({ platform, edgeDomain }: PlatformFeatures): string[] {
    if (platform === undefined || edgeDomain !== sectionEdgeDomain) return [];
    return [
        `The records of this sheet point to Section's edge (${sectionEdgeDomain}). If this platform has an edge of its own, its operator has to set SECTION_PLATFORM_EDGE_DOMAIN before anybody changes a record.`,
    ];
}

/** Looks at every hostname of a client or site, and says in which order to change what. */
export async function takeSheet(session: Session, { organization, site }: Choice): Promise<GoLiveSheet> {
    const sites = site === undefined ? organization.applications : [site];
    const places = sites.flatMap((application) =>
        application.environments.flatMap((environment) =>
            environment.domains.map((domain) => ({ application, environment, domain })),
        ),
    );
    const domains = await mapAtMost(atOnce, places, ({ application, environment, domain }) =>
        takeDomainSheet(session, application, environment, domain),
    );
    const rank = ({ site: of, isProduction, environment, hostname }: DomainSheet) =>
        `${of} ${isProduction ? "" : environment} ${hostname}`;
    const ordered = domains.sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
    return {
        client: { id: organization.id, name: organization.name },
        ...(site && { site: site.hostname }),
        endpoint: session.client.connection.endpoint,
        notes: sayEdge(await readFeatures(session.client)),
        checkedAt: new Date().toISOString(),
        domains: ordered,
        steps: orderSteps(ordered, site?.hostname ?? organization.id),
    };
}

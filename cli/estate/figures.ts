import { type EstateReport, type SiteReport, soonDays } from "./report";

/** Numbers of an estate, and of its sites by state. */
export interface Figures {
    clients: number;
    sites: number;
    environments: number;
    hostnames: number;
    live: number;
    partlyLive: number;
    notLive: number;
    liveNotKnown: number;
    /** Undefined where nobody asked. */
    drifted?: number;
    /** Sites with a certificate that ends soon or has ended. */
    endingSoon: number;
}

export function sitesOf({ clients }: Pick<EstateReport, "clients">): SiteReport[] {
    return clients.flatMap(({ sites }) => sites);
}

/** True when one of its certificates ends within 30 days, or has ended. */
export function endsSoon({ certificateDaysLeft }: SiteReport): boolean {
    return certificateDaysLeft !== undefined && certificateDaysLeft < soonDays;
}

export function figuresOf(report: EstateReport): Figures {
    const sites = sitesOf(report);
    const environments = sites.flatMap((site) => site.environments);
    const count = (isMeant: (site: SiteReport) => boolean) => sites.filter(isMeant).length;
    return {
        clients: report.clients.length,
        sites: sites.length,
        environments: environments.length,
        hostnames: environments.reduce((sum, { domains }) => sum + domains.length, 0),
        live: count(({ live }) => live === "yes"),
        partlyLive: count(({ live }) => live === "partly"),
        notLive: count(({ live }) => live === "no"),
        liveNotKnown: count(({ live }) => live === "not known"),
        ...(wasCompared(report) && { drifted: count(({ drift }) => drift.state === "drifted") }),
        endingSoon: count(endsSoon),
    };
}

/** True when a stack was asked. */
export function wasCompared({ clients }: EstateReport): boolean {
    return clients.some(({ drift }) => drift.state !== "not asked");
}

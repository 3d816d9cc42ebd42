import type { Author } from "pulumi-section/internal";

/** Whether visitors are served: `partly` where some hostnames are live and others are not. */
export type Live = "yes" | "partly" | "no" | "not known";

/** The result of comparing a resource with its declaration in a stack. */
export type DriftState = "as declared" | "drifted" | "not declared" | "not known" | "not asked";

export interface SeenDrift {
    state: DriftState;
    /** One line for each thing that is not as declared, without values. */
    found: string[];
}

/** The author of the last change, and their action. */
export interface LastChange extends Pick<Author, "who" | "at"> {
    what: string;
    /** The commit, where it was one. */
    commit?: string;
    /** The `Aperture-Tx-Id` of the request, where the log knows it. */
    request?: string;
}

export interface SeenCertificate {
    /** `acme`: the platform has it issued and renewed. */
    type: "acme" | "custom";
    /** False while there is none yet. */
    configured: boolean;
    issuer?: string;
    /** ISO 8601. */
    expires?: string;
    /** Whole days from the report to the end; below zero when it has ended. */
    daysLeft?: number;
}

/** A property that is missing is not known; `EstateReport.notKnown` says why. */
export interface DomainReport {
    /** Such as `1335/7171/Staging/www.acme.example`. */
    id: string;
    hostname: string;
    live?: boolean;
    certificate?: SeenCertificate;
}

export interface EnvironmentReport {
    id: string;
    name: string;
    /** In the order that requests pass them. */
    proxies?: { name: string; image: string }[];
    /** Of the environment and its hostnames. */
    drift: SeenDrift;
    lastChange?: LastChange;
    domains: DomainReport[];
}

export interface SiteReport {
    id: string;
    hostname: string;
    /** `/`, or the part of the URLs that a split application answers for. */
    pathPrefix: string;
    /** Of the hostnames of Production; a split application is as live as its root. */
    live: Live;
    /** Days left of the certificate that ends first. */
    certificateDaysLeft?: number;
    /** Of all that belongs to the site. */
    drift: SeenDrift;
    /** The newest of all that belongs to the site. */
    lastChange?: LastChange;
    /** Production first. */
    environments: EnvironmentReport[];
}

export interface ClientReport {
    id: string;
    name: string;
    /** Of the organization, its people, and sites that are gone. */
    drift: SeenDrift;
    sites: SiteReport[];
}

/** A column that has gaps, and why. */
export interface NotKnown {
    what: string;
    because: string;
    /** Ids of its subjects; none for everything. */
    of: string[];
}

/**
 * Everything that a token's user can see, at one moment: clients by name, sites by hostname.
 *
 * @example report.clients.flatMap(({ sites }) => sites).filter(({ live }) => live !== "yes")
 */
export interface EstateReport {
    endpoint: string;
    /** When it was made, as ISO 8601. */
    at: string;
    clients: ClientReport[];
    /** Drift of organizations that are not there any more. */
    goneDrift: string[];
    notKnown: NotKnown[];
}

/** A certificate is worth a look this many days before its end: the platform renews its own earlier. */
export const soonDays = 30;

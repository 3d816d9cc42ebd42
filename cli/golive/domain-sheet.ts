import {
    type ApplicationResult,
    type DomainResult,
    type EnvironmentResult,
    lineOfEnd,
    openDns,
    type Session,
    unlessForbidden,
    unlessGone,
} from "pulumi-section/internal";
import {
    type DnsHost,
    type Finding,
    findDnsHost,
    judgeName,
    type PlatformFeatures,
    readCertificate,
    readFeatures,
    verifyDomain,
    viewName,
} from "section-client";
import {
    certificateAuthority,
    type DnsAdvice,
    type DomainCertificate,
    isProblem,
    parseDomainId,
    productionName,
} from "section-model";
import { type DnsChange, findChanges } from "./dns-change";

/** A hostname: its place, the findings, and the changes to make. */
export interface DomainSheet {
    hostname: string;
    /** The hostname of its site. */
    site: string;
    environment: string;
    isProduction: boolean;
    /** The commit that its environment serves. Undefined where the endpoint does not say. */
    head?: string;
    /** Whether the platform says that its DNS leads there. */
    isLive: boolean;
    /** Why the platform could not look just now; then `isLive` is its earlier finding. */
    liveUnknown?: string;
    record: DnsAdvice;
    dnsHost: DnsHost;
    /** For each record its value, the right value, and the change to make. Empty where the settings say not to ask. */
    checks: Finding[];
    changes: DnsChange[];
    /** Undefined where this role may not see it. */
    certificate?: DomainCertificate;
    /** The same in words. */
    certificateWords: string;
}

/** The authority in words. Undefined where the platform issues no certificates. */
function sayAuthority({ certificateAuthority: told = certificateAuthority }: PlatformFeatures): string | undefined {
    return told ?? undefined;
}

function sayCertificate(
    hostname: string,
    certificate: DomainCertificate | undefined,
    isLive: boolean,
    authority: string | undefined,
): string {
    if (certificate === undefined) return "not visible to this token's user";
    const { type, configured, issuer, expires } = certificate;
    if (!configured) {
        if (authority === undefined)
            return "none, and this platform issues none, as no authority is set up: the client has to bring one before HTTPS works";
        const when = isLive
            ? "the platform issues it by itself"
            : "the platform issues it by itself once the hostname is live";
        return `none yet; ${when}, from ${authority}`;
    }
    const until = expires === undefined ? "" : `, valid until ${expires.slice(0, 10)}`;
    const renewal = authority === undefined ? "which issues none any more: nothing renews it" : "which renews it";
    const whose =
        type === "acme" ? `issued by the platform, ${renewal}` : "the client's own, to be replaced by the client";
    const ending = lineOfEnd(hostname, certificate);
    return `${whose}${issuer === undefined ? "" : `, from ${issuer}`}${until}${ending === undefined ? "" : `; ${ending}`}`;
}

async function look(
    session: Session,
    { id, hostname, engaged }: DomainResult,
): Promise<{ isLive: boolean; liveUnknown?: string }> {
    try {
        const { isEngaged, unanswered } = await verifyDomain(session.client, parseDomainId(id), hostname);
        return { isLive: isEngaged, ...(unanswered !== undefined && { liveUnknown: unanswered }) };
    } catch (error) {
        if (!isProblem(error)) throw error;
        return { isLive: engaged, liveUnknown: error.detail };
    }
}

async function askDns(
    session: Session,
    record: DnsAdvice,
    isIssued: boolean,
): Promise<Pick<DomainSheet, "checks" | "dnsHost" | "changes">> {
    if (session.settings.resolvers?.length === 0) {
        const dnsHost = { zone: record.zone, nameServers: [], failure: "the settings say not to ask the DNS" };
        return { checks: [], dnsHost, changes: findChanges(record, dnsHost, undefined, []) };
    }
    const dns = openDns(session);
    const view = await viewName(dns, record);
    const checks = judgeName(record, view, isIssued);
    const dnsHost = await findDnsHost(dns, record.name, view.aliases.records.length > 0);
    return { checks, dnsHost, changes: findChanges(record, dnsHost, view, checks) };
}

/** Looks at a hostname now: the platform's word, its certificate, the DNS. */
export async function takeDomainSheet(
    session: Session,
    { hostname: site }: ApplicationResult,
    { name: environment, head }: EnvironmentResult,
    domain: DomainResult,
): Promise<DomainSheet> {
    const { id, hostname, dns } = domain;
    const { organization } = parseDomainId(id);
    const [live, certificate, features] = await Promise.all([
        look(session, domain),
        unlessForbidden(unlessGone(readCertificate(session.client, organization, hostname))),
        readFeatures(session.client),
    ]);
    const authority = sayAuthority(features);
    const asked = await askDns(session, dns, certificate?.type !== "custom" && authority !== undefined);
    const place = {
        hostname,
        site,
        environment,
        isProduction: environment === productionName,
        ...(head !== undefined && { head }),
    };
    const certificateWords = sayCertificate(hostname, certificate, live.isLive, authority);
    return { ...place, ...live, record: dns, ...asked, ...(certificate && { certificate }), certificateWords };
}

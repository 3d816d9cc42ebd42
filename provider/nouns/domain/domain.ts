import {
    type AttachedDomain,
    detachDomain,
    type EnvironmentPlace,
    type EnvironmentRecord,
    listApplications,
    listEnvironments,
    readCertificate,
    readFeatures,
} from "section-client";
import {
    cnameTarget,
    type DnsRecord,
    type DomainCertificate,
    type DomainInputs,
    dnsRecordFor,
    domainSchema,
    edgeDomainOf,
    isProblem,
    Problem,
    parseDomainId,
    parseEnvironmentId,
    relateDomain,
    resourceId,
    zoneName,
} from "section-model";
import { withLiveState } from "../../protection/live-domains";
import type { Session } from "../../run/session";
import { hasUnknown } from "../../run/unknown";
import { isGone, unlessGone } from "../../run/unless-gone";
import { preflightHostname } from "../hostname-preflight";
import { type Found, type Noun, Unfinished } from "../noun";
import { differsFromWanted, endOfWanted, lineOfEnd, syncCertificate } from "./certificate";
import { tellDns } from "./dns-preflight";
import { waitUntilLive } from "./live-wait";
import { arriveDomain, planMove } from "./move";

export interface DomainOutputs {
    environment: string;
    hostname: string;
    cname: string;
    zoneName: string;
    engaged: boolean;
    dns: DnsRecord;
    /** What was last seen of it, where the declaration names one. */
    certificate?: DomainCertificate;
}

export function foundOf(
    place: EnvironmentPlace,
    { hostname, cname, zoneName: zone, engaged }: AttachedDomain,
    certificate?: DomainCertificate,
): Found<DomainOutputs> {
    const target = cname || cnameTarget(hostname);
    const dns = dnsRecordFor(hostname, edgeDomainOf(hostname, target));
    const outputs = {
        environment: resourceId.environment(place),
        hostname,
        cname: target,
        zoneName: zone || zoneName(hostname),
        engaged: engaged ?? false,
        dns,
        ...(certificate && { certificate }),
    };
    return { id: resourceId.domain({ ...place, hostname }), outputs };
}

function requireDomain({ name, domains }: EnvironmentRecord, hostname: string): AttachedDomain {
    const domain = domains.find((each) => each.hostname === hostname);
    if (domain === undefined)
        throw new Problem("internal", `${hostname} was attached to ${name} and is not among its domains`);
    return domain;
}

async function findDomain(
    session: Session,
    place: EnvironmentPlace,
    hostname: string,
    options?: { mayBeStale?: boolean },
): Promise<AttachedDomain | undefined> {
    const environments = await unlessGone(listEnvironments(session.client, place, options));
    const domain = environments
        ?.find(({ name }) => name === place.environment)
        ?.domains.find((each) => each.hostname === hostname);
    return domain && (await withLiveState(session, place.organization, [domain]))[0];
}

/** The application's own hostname stays as long as the application. */
async function staysWithApplication(
    { client }: Session,
    { organization, application }: EnvironmentPlace,
    hostname: string,
): Promise<boolean> {
    return (await listApplications(client, organization)).some(
        ({ id, name }) => id === application && name.toLowerCase() === hostname,
    );
}

async function refuseLive(session: Session, place: EnvironmentPlace, hostname: string): Promise<void> {
    if (session.settings.allowLiveDelete) return;
    // what was read seconds ago, so that a hundred deletions are one question; only what seems live is looked at again
    const remembered = await findDomain(session, place, hostname, { mayBeStale: true });
    if (remembered?.engaged !== true || (await findDomain(session, place, hostname))?.engaged !== true) return;
    if (await staysWithApplication(session, place, hostname)) return;
    throw new Problem("live-protected", `${hostname} serves visitors`);
}

/** The domain where it belongs: attached already, or attached now. */
async function attach(
    session: Session,
    place: EnvironmentPlace,
    { hostname, certificate }: DomainInputs,
    isNew: boolean,
): Promise<AttachedDomain> {
    const known = isNew ? undefined : await findDomain(session, place, hostname);
    const upload = certificate === "acme" ? undefined : certificate;
    return known ?? requireDomain(await arriveDomain(session, place, hostname, upload), hostname);
}

const isIssued = ({ certificate }: Partial<DomainInputs>) => certificate === undefined || certificate === "acme";

export const domainNoun: Noun<DomainInputs, DomainOutputs> = {
    kind: "domain",
    schema: domainSchema,
    replacesOn: ["environment", "hostname"],
    compares: ["environment", "hostname"],
    secrets: ["certificate"],
    isLive: ({ engaged }) => engaged === true,
    relate: (inputs) => relateDomain(inputs),
    planMove,

    preflight: async (session, inputs, isNew) => {
        const { hostname, certificate } = inputs;
        if (hostname === undefined) return [];
        const { edgeDomain } = await readFeatures(session.client);
        const ending = lineOfEnd(hostname, { type: "custom", expires: endOfWanted(certificate) });
        if (ending !== undefined) session.tell(ending);
        const [issues] = await Promise.all([
            isNew ? preflightHostname(session, hostname) : [],
            tellDns(session, dnsRecordFor(hostname, edgeDomain), isIssued(inputs)),
        ]);
        return issues;
    },

    hasWork: async (open, inputs, { engaged, dns, certificate }) => {
        const isWaiting = inputs.waitForLive !== undefined && engaged !== true;
        if (isWaiting && dns !== undefined) await tellDns(open(), dns, isIssued(inputs));
        const isOther = hasUnknown(inputs.certificate) || differsFromWanted(inputs.certificate, certificate);
        const ending = isOther ? undefined : lineOfEnd(inputs.hostname ?? "", certificate ?? {});
        if (ending !== undefined) open().tell(ending);
        return isWaiting || isOther;
    },

    derive: ({ hostname }, edgeDomain) => {
        if (hostname === undefined) return {};
        return {
            cname: cnameTarget(hostname, edgeDomain),
            zoneName: zoneName(hostname),
            dns: dnsRecordFor(hostname, edgeDomain),
        };
    },

    ensure: async (session, inputs, previous) => {
        const { environment, hostname, certificate, waitForLive } = inputs;
        const place = parseEnvironmentId(environment);
        let domain = await attach(session, place, inputs, previous === undefined);
        let seen = previous?.outputs.certificate;
        try {
            const sync = async () => {
                if (certificate !== undefined)
                    seen = await syncCertificate(session, { ...place, hostname }, certificate, domain.engaged === true);
            };
            // one's own is there before the first visitor; one that is issued needs the DNS first
            if (certificate !== "acme") await sync();
            if (waitForLive !== undefined) {
                await waitUntilLive(session, {
                    place,
                    record: foundOf(place, domain).outputs.dns,
                    isIssued: isIssued(inputs),
                    ...waitForLive,
                });
                domain = { ...domain, engaged: true };
            }
            if (certificate === "acme") await sync();
        } catch (error) {
            throw new Unfinished(foundOf(place, domain, seen), error);
        }
        return foundOf(place, domain, certificate && seen);
    },

    observe: async (session, id, known) => {
        const { hostname, ...place } = parseDomainId(id);
        const domain = await findDomain(session, place, hostname);
        if (domain === undefined) return undefined;
        // of every domain it would be a request for each at a refresh: asked where one is declared, or where one domain
        // is looked up
        const isAsked = known.certificate !== undefined || known.hostname === undefined;
        const certificate = isAsked
            ? await unlessGone(readCertificate(session.client, place.organization, hostname))
            : undefined;
        return foundOf(place, { ...domain, engaged: domain.engaged ?? known.engaged }, certificate);
    },

    remove: async (session, { id }) => {
        const { hostname, ...place } = parseDomainId(id);
        await refuseLive(session, place, hostname);
        try {
            await detachDomain(session.client, place, hostname);
        } catch (error) {
            if (!isGone(error) && !(isProblem(error) && error.code === "domain-names-application")) throw error;
        }
    },
};

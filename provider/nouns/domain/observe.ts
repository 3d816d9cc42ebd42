import { type AttachedDomain, type EnvironmentPlace, listEnvironments, readCertificate } from "section-client";
import {
    cnameTarget,
    type DnsRecord,
    type DomainCertificate,
    dnsRecordFor,
    edgeDomainOf,
    parseDomainId,
    resourceId,
    zoneName,
} from "section-model";
import { withLiveState } from "../../protection/live-domains";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import type { Found } from "../noun";

export interface DomainOutputs {
    environment: string;
    hostname: string;
    cname: string;
    zoneName: string;
    engaged: boolean;
    dns: DnsRecord;
    /** The certificate as last seen, where the declaration names one. */
    certificate?: DomainCertificate;
}

export function foundDomain(
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

export async function findAttached(
    session: Session,
    place: EnvironmentPlace,
    hostname: string,
): Promise<AttachedDomain | undefined> {
    const environments = await unlessGone(listEnvironments(session.client, place));
    const domain = environments
        ?.find(({ name }) => name === place.environment)
        ?.domains.find((each) => each.hostname === hostname);
    return domain && (await withLiveState(session, place.organization, [domain]))[0];
}

export async function observeDomain(
    session: Session,
    id: string,
    known: Partial<DomainOutputs>,
): Promise<Found<DomainOutputs> | undefined> {
    const { hostname, ...place } = parseDomainId(id);
    const domain = await findAttached(session, place, hostname);
    if (domain === undefined) return undefined;
    // reading it for every domain would cost a refresh one request each: only a declared one is read, or that of a
    // single look-up
    const isAsked = known.certificate !== undefined || known.hostname === undefined;
    const certificate = isAsked
        ? await unlessGone(readCertificate(session.client, place.organization, hostname))
        : undefined;
    return foundDomain(place, { ...domain, engaged: domain.engaged ?? known.engaged }, certificate);
}

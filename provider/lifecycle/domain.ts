import {
    cnameTarget,
    type DnsRecord,
    type DomainInputs,
    dnsRecordFor,
    domainSchema,
    edgeDomainOf,
    isProblem,
    Problem,
    parseDomainId,
    parseEnvironmentId,
    resourceId,
    zoneName,
} from "section-model";
import { attachDomain, detachDomain } from "../client/domains";
import { type AttachedDomain, type EnvironmentPlace, type EnvironmentRecord, listEnvironments } from "../client/environments";
import { isGone, unlessGone } from "./gone";
import { preflightHostname } from "./hostname-preflight";
import type { Found, Noun } from "./noun";
import type { Session } from "./session";

interface DomainOutputs {
    environment: string;
    hostname: string;
    cname: string;
    zoneName: string;
    engaged: boolean;
    dns: DnsRecord;
}

function foundOf(place: EnvironmentPlace, { hostname, cname, zoneName: zone, engaged }: AttachedDomain): Found<DomainOutputs> {
    const target = cname || cnameTarget(hostname);
    const dns = dnsRecordFor(hostname, edgeDomainOf(hostname, target));
    const outputs = {
        environment: resourceId.environment(place),
        hostname,
        cname: target,
        zoneName: zone || zoneName(hostname),
        engaged: engaged ?? false,
        dns,
    };
    return { id: resourceId.domain({ ...place, hostname }), outputs };
}

function requireDomain({ name, domains }: EnvironmentRecord, hostname: string): AttachedDomain {
    const domain = domains.find((each) => each.hostname === hostname);
    if (domain === undefined) throw new Problem("internal", `${hostname} was attached to ${name} and is not among its domains`);
    return domain;
}

async function findDomain(
    { client }: Session,
    place: EnvironmentPlace,
    hostname: string,
    options?: { mayBeStale?: boolean },
): Promise<AttachedDomain | undefined> {
    const environments = await unlessGone(listEnvironments(client, place, options));
    return environments?.find(({ name }) => name === place.environment)?.domains.find((each) => each.hostname === hostname);
}

export const domainNoun: Noun<DomainInputs, DomainOutputs> = {
    kind: "domain",
    schema: domainSchema,
    replacesOn: ["environment", "hostname"],
    compares: ["environment", "hostname"],
    isLive: ({ engaged }) => engaged === true,

    preflight: async (session, { hostname }, isNew) => (isNew ? preflightHostname(session, hostname) : []),

    derive: ({ hostname }, edgeDomain) => {
        if (hostname === undefined) return {};
        return { cname: cnameTarget(hostname, edgeDomain), zoneName: zoneName(hostname), dns: dnsRecordFor(hostname, edgeDomain) };
    },

    ensure: async ({ client }, { environment, hostname }) => {
        const place = parseEnvironmentId(environment);
        return foundOf(place, requireDomain(await attachDomain(client, place, hostname), hostname));
    },

    observe: async (session, id) => {
        const { hostname, ...place } = parseDomainId(id);
        const domain = await findDomain(session, place, hostname);
        return domain && foundOf(place, domain);
    },

    remove: async (session, { id }) => {
        const { hostname, ...place } = parseDomainId(id);
        // whether it is live: what was read seconds ago, so that a hundred deletions are one question
        const domain = await findDomain(session, place, hostname, { mayBeStale: true });
        if (domain?.engaged === true && !session.settings.allowLiveDelete) throw new Problem("live-protected", `${hostname} serves visitors`);
        try {
            await detachDomain(session.client, place, hostname);
        } catch (error) {
            // the application's own hostname stays as long as the application
            if (!isGone(error) && !(isProblem(error) && error.code === "domain-names-application")) throw error;
        }
    },
};

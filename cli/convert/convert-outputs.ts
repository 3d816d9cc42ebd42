import { isSame, type Properties, type ResourceKind, withShown } from "pulumi-section/internal";
import { type DnsRecord, dnsRecordFor, edgeDomainOf } from "section-model";
import { orderProperties } from "./state-document";

const areTexts = (...values: unknown[]) => values.every((value) => typeof value === "string");

/** The record that a state of dynamic resources has, by its name and its target. */
function plainRecord({ name, value }: DnsRecord): Properties {
    return orderProperties({ ...dnsRecordFor(name, edgeDomainOf(name, value)) }) as Properties;
}

/** True where advice can be made of the outputs, and left out again: no secret, and no words of another version. */
function isShowable(kind: ResourceKind, { hostname, cname, hostnames, dns }: Properties): boolean {
    if (kind === "application") return areTexts(hostname, cname);
    if (kind === "environment")
        return Array.isArray(hostnames) && hostnames.every((each) => areTexts(each?.hostname, each?.cname));
    const { name, value } = (dns ?? {}) as Partial<DnsRecord>;
    return kind === "domain" && areTexts(name, value) && isSame(plainRecord(dns as DnsRecord), dns);
}

/** Outputs as the plugin has them: with what the classes of TypeScript add by themselves. */
export function addShown(kind: ResourceKind, id: string | undefined, outputs: Properties): Properties {
    return isShowable(kind, outputs) ? withShown(kind, id, outputs) : outputs;
}

/** Outputs without what only the plugin has. */
export function leaveShown(kind: ResourceKind, outputs: Properties): Properties {
    if (kind === "application") {
        const { dns: _, production: __, ...rest } = outputs;
        return rest;
    }
    if (kind === "environment") {
        const { seenHead: _, hostnames, ...rest } = outputs;
        if (!Array.isArray(hostnames)) return { ...rest, ...(hostnames !== undefined && { hostnames }) };
        return { ...rest, hostnames: hostnames.map(({ dns: _, ...each }: Properties) => each) };
    }
    const { dns } = outputs;
    if (kind === "domain" && typeof dns === "object" && dns !== null && "line" in dns)
        return { ...outputs, dns: plainRecord(dns as unknown as DnsRecord) };
    return outputs;
}

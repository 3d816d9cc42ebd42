import { adviseOn, type DnsRecord, dnsRecordFor, edgeDomainOf, productionName } from "section-model";
import type { Properties } from "../run/properties";
import type { ResourceKind } from "../run/resource-kind";
import { hasUnknown, unknownValue } from "../run/unknown";

function adviseOnHostname({ hostname, cname }: Properties): Properties {
    if (hostname === undefined || cname === undefined || hasUnknown([hostname, cname])) return {};
    return { dns: adviseOn(dnsRecordFor(String(hostname), edgeDomainOf(String(hostname), String(cname)))) };
}

/**
 * Outputs with what the classes of TypeScript add when a program asks for it: a program in another language sees what
 * the state has. Values that are not known yet add nothing.
 *
 * @param id undefined if it is not known yet
 */
export function withShown(kind: ResourceKind, id: string | undefined, outputs: Properties): Properties {
    const { dns, hostnames } = outputs;
    if (kind === "application")
        return { ...outputs, ...adviseOnHostname(outputs), ...(id && { production: `${id}/${productionName}` }) };
    if (kind === "environment") {
        const isKnown = Array.isArray(hostnames) && !hasUnknown(hostnames);
        return {
            ...outputs,
            ...(isKnown && { hostnames: hostnames.map((each) => ({ ...each, ...adviseOnHostname(each) })) }),
            seenHead: { environment: id ?? unknownValue, head: outputs.head },
        };
    }
    if (kind === "domain" && typeof dns === "object" && !hasUnknown(dns))
        return { ...outputs, dns: adviseOn(dns as DnsRecord) };
    return outputs;
}

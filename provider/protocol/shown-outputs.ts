import { adviseOn, adviseOnTarget, type DnsRecord, productionName } from "section-model";
import type { Properties } from "../run/properties";
import type { ResourceKind } from "../run/resource-kind";
import { hasUnknown, unknownValue } from "../run/unknown";

function adviseOnHostname({ hostname, cname }: Properties): Properties {
    if (hostname === undefined || cname === undefined || hasUnknown([hostname, cname])) return {};
    return { dns: adviseOnTarget(String(hostname), String(cname)) };
}

function adviseOnHostnames(hostnames: unknown): Properties {
    if (!Array.isArray(hostnames) || hasUnknown(hostnames)) return {};
    return { hostnames: hostnames.map((each) => ({ ...each, ...adviseOnHostname(each) })) };
}

/** The value for `promote` of another environment. It may be known in part: that the environment is there. */
function seenHeadOf(id: string | undefined, { head }: Properties): Properties {
    return head === undefined ? {} : { seenHead: { environment: id ?? unknownValue, head } };
}

/**
 * Outputs with what the classes of TypeScript add when a program asks for it: a program in another language sees what
 * the state has. Hostnames that are not known yet add nothing.
 *
 * @param id undefined if it is not known yet
 */
export function withShown(kind: ResourceKind, id: string | undefined, outputs: Properties): Properties {
    const { dns, hostnames } = outputs;
    if (kind === "application")
        return { ...outputs, ...adviseOnHostname(outputs), ...(id && { production: `${id}/${productionName}` }) };
    if (kind === "environment") return { ...outputs, ...adviseOnHostnames(hostnames), ...seenHeadOf(id, outputs) };
    if (kind === "domain" && typeof dns === "object" && !hasUnknown(dns))
        return { ...outputs, dns: adviseOn(dns as DnsRecord) };
    return outputs;
}

import { isWithin, zoneName } from "section-model";
import type { Dns } from "./dns";

/** The DNS provider of a hostname, where its records are edited. */
export interface DnsHost {
    /** The nearest name at or above the hostname that has name servers. The registered domain when none is found. */
    zone: string;
    /** Sorted by name. Empty when there are none, or when the DNS gave no answer. */
    nameServers: string[];
    /** The owner of the name servers: the name of a well-known provider, else the domain of the servers. */
    provider?: string;
    /** The reason why the DNS gave no answer. */
    failure?: string;
}

/** Patterns of name servers whose provider has another name than their domain. */
const known: readonly [RegExp, string][] = [
    [/\.awsdns-\d+\.(com|net|org|co\.uk)$/, "Amazon Route 53"],
    [/\.azure-dns\.(com|net|org|info)$/, "Azure DNS"],
    [/\.(google|googledomains)\.com$/, "Google Cloud DNS"],
    [/\.ns\.cloudflare\.com$/, "Cloudflare"],
    [/\.domaincontrol\.com$/, "GoDaddy"],
    [/\.registrar-servers\.com$/, "Namecheap"],
    [/\.(akam\.net|akamaiedge\.net)$/, "Akamai"],
    [/\.(nsone\.net|ns1\.com)$/, "NS1"],
    [/\.(ui-dns\.(com|de|org|biz)|1and1\.[a-z.]+)$/, "IONOS"],
    [/\.(anycast\.me|ovh\.(net|ca))$/, "OVHcloud"],
    [/\.gandi\.net$/, "Gandi"],
    [/\.(hetzner\.(com|de)|second-ns\.(com|de)|first-ns\.de)$/, "Hetzner"],
    [/\.digitalocean\.com$/, "DigitalOcean"],
    [/\.dnsimple(-edge)?\.(com|net|org|io)$/, "DNSimple"],
];

function providerOf(nameServers: readonly string[]): string | undefined {
    const names = nameServers.map((server) => known.find(([pattern]) => pattern.test(server))?.[1] ?? zoneName(server));
    return names.length === 0 ? undefined : [...new Set(names)].join(" and ");
}

const spell = (name: string) => name.toLowerCase().replace(/\.$/, "");

/**
 * Finds the name servers of a hostname, from its own name upwards: another provider may have a part of a domain.
 *
 * @param isAlias whether the hostname is an alias: it cannot have name servers, and an answer would be its target's
 */
export async function findDnsHost(dns: Dns, hostname: string, isAlias: boolean): Promise<DnsHost> {
    const top = zoneName(hostname);
    const labels = hostname.split(".");
    for (let index = isAlias ? 1 : 0; index < labels.length; index += 1) {
        const zone = labels.slice(index).join(".");
        if (!isWithin(zone, top)) break;
        const { records, failure } = await dns.nameServers(zone);
        if (failure !== undefined) return { zone: top, nameServers: [], failure };
        const nameServers = records.map(spell).sort();
        if (nameServers.length > 0) return { zone, nameServers, provider: providerOf(nameServers) };
    }
    return { zone: top, nameServers: [] };
}

import type { CaaRecord } from "node:dns";
import type { DnsRecord } from "section-model";
import type { Address, Answer, Dns } from "./dns";

/** The DNS records of a hostname that going live depends on. */
export interface NameView {
    /** The aliases that it follows, nearest first. */
    aliases: Answer<string>;
    addresses: Answer<Address>;
    ipv6: Answer<string>;
    /**
     * The addresses of the platform for it. Only looked up when the hostname has addresses, but no alias to the
     * platform.
     */
    edge: Answer<Address>;
    /** The CAA records that apply to it (RFC 8659), and the name that has them: the nearest one at or above it. */
    caa: Answer<CaaRecord> & { at: string };
}

const longestChain = 10;

const spell = (name: string) => name.toLowerCase().replace(/\.$/, "");

async function followAliases(dns: Dns, name: string): Promise<Answer<string>> {
    const chain: string[] = [];
    for (let at = name; chain.length < longestChain; ) {
        const { records, failure } = await dns.aliases(at);
        if (failure !== undefined) return { records: chain, failure };
        const [next] = records.map(spell);
        if (next === undefined || chain.includes(next)) break;
        chain.push(next);
        at = next;
    }
    return { records: chain };
}

/** @param isAlias whether the hostname is an alias: its records are then its target's, and go when the alias changes */
async function findCaa(dns: Dns, hostname: string, isAlias: boolean): Promise<NameView["caa"]> {
    const labels = hostname.split(".");
    for (let index = isAlias ? 1 : 0; index < labels.length; index += 1) {
        const at = labels.slice(index).join(".");
        const answer = await dns.caa(at);
        if (answer.records.length > 0 || answer.failure !== undefined) return { ...answer, at };
    }
    return { records: [], at: hostname };
}

/** Asks the DNS about a hostname. */
export async function viewName(dns: Dns, { name, value }: DnsRecord): Promise<NameView> {
    const following = followAliases(dns, name);
    const caaAbove = following.then(({ records }) => findCaa(dns, name, records.length > 0));
    const [aliases, addresses, ipv6, caa] = await Promise.all([
        following,
        dns.addresses(name),
        dns.ipv6(name),
        caaAbove,
    ]);
    const needsEdge = addresses.records.length > 0 && !aliases.records.includes(value);
    return { aliases, addresses, ipv6, caa, edge: needsEdge ? await dns.addresses(value) : { records: [] } };
}

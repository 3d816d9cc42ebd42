import type { CaaRecord } from "node:dns";
import type { DnsRecord } from "section-model";
import type { Address, Answer, Dns } from "./dns";

/** What the DNS has of a hostname, as far as going live depends on it. */
export interface NameView {
    /** The aliases that it follows, nearest first. */
    aliases: Answer<string>;
    addresses: Answer<Address>;
    ipv6: Answer<string>;
    /**
     * Where the platform answers for it. Only looked up where the hostname has addresses and does not follow an alias
     * there.
     */
    edge: Answer<Address>;
    /** The CAA records that count for it (RFC 8659), and the name that has them: the nearest one above. */
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

/** @param isAlias whether the hostname is one: what it has is then its target's, and goes when the alias changes */
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

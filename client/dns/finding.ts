import type { CaaRecord } from "node:dns";
import { certificateAuthority, type DnsRecord, durationOf } from "section-model";
import type { NameView } from "./name-view";

/** One record of a hostname: as found, as needed, and the way to correct it. */
export interface Finding {
    record: "CNAME" | "ALIAS" | "AAAA" | "CAA";
    found: string;
    expected: string;
    /** Missing when the record is as expected, or when the DNS gave no answer. */
    fix?: string;
}

/** The CAA record that lets the platform's authority issue. */
export const wantedCaa = `0 issue "${certificateAuthority}"`;

const shortTtlSeconds = 600;

const unchecked = (reason: string) => `could not be checked: ${reason}`;

/**
 * Judges whether the hostname leads to the platform: by an alias, or by the platform's addresses, into which some
 * providers turn aliases.
 */
function judgeTarget({ type, name, value }: DnsRecord, { aliases, addresses, edge }: NameView): Finding {
    const expected = `${type} ${value}`;
    const finding = { record: type, expected };
    if (aliases.records.includes(value)) return { ...finding, found: `CNAME ${value}` };
    const failure = aliases.failure ?? addresses.failure;
    if (failure !== undefined) return { ...finding, found: unchecked(failure) };
    const [alias] = aliases.records;
    const own = addresses.records.map(({ address }) => address).sort();
    const found = alias === undefined ? `A ${own.join(", ")}` : `CNAME ${alias}`;
    const ofEdge = edge.records.map(({ address }) => address);
    if (own.length > 0 && own.every((address) => ofEdge.includes(address)))
        return { ...finding, found: `${found}, which is the platform` };
    if (alias !== undefined) return { ...finding, found, fix: `change the CNAME of ${name} to ${value}` };
    if (own.length === 0) return { ...finding, found: "nothing", fix: `add the record ${name} ${expected}` };
    const ttl = Math.max(...addresses.records.map((each) => each.ttl));
    const wait =
        ttl > shortTtlSeconds
            ? `; resolvers keep the present record for up to ${durationOf(ttl)}, so lower its time to live first`
            : "";
    return { ...finding, found, fix: `replace the records of ${name} with the record ${expected}${wait}` };
}

/** Judges AAAA records of the hostname itself: those of an alias come and go with the alias. */
function judgeIpv6({ name }: DnsRecord, { aliases, ipv6 }: NameView): Finding[] {
    if (aliases.records.length > 0 || ipv6.records.length === 0) return [];
    const found = `AAAA ${[...ipv6.records].sort().join(", ")}`;
    return [
        {
            record: "AAAA",
            found,
            expected: "none",
            fix: `remove the AAAA records of ${name}: the platform answers on IPv4 only`,
        },
    ];
}

const issuerOf = (record: CaaRecord) => record.issue?.split(";")[0]?.trim().toLowerCase();

/** CAA records that keep the platform's authority from issuing a certificate. */
function judgeCaa({ caa: { records, failure, at } }: NameView): Finding[] {
    if (failure !== undefined) return [{ record: "CAA", found: unchecked(failure), expected: `none, or ${wantedCaa}` }];
    const issuers = records.map(issuerOf).filter((issuer) => issuer !== undefined);
    if (issuers.length === 0 || issuers.includes(certificateAuthority)) return [];
    const found = `${at} CAA ${issuers.map((issuer) => `issue "${issuer || ";"}"`).join(", ")}`;
    return [
        {
            record: "CAA",
            found,
            expected: `also ${wantedCaa}`,
            fix: `add the record ${at} CAA ${wantedCaa}, or no certificate can be issued`,
        },
    ];
}

/**
 * Compares the records in the DNS with those that a hostname needs to go live.
 *
 * @param isIssued whether the platform obtains its certificate, so that CAA records count
 */
export function judgeName(wanted: DnsRecord, view: NameView, isIssued: boolean): Finding[] {
    const target = judgeTarget(wanted, view);
    const isAnswered = (view.aliases.failure ?? view.addresses.failure) === undefined;
    return isAnswered ? [target, ...judgeIpv6(wanted, view), ...(isIssued ? judgeCaa(view) : [])] : [target];
}

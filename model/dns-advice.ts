import { certificateAuthority, type DnsRecord, dnsRecordFor } from "./dns-record";
import { edgeDomainOf, zoneName } from "./hostname";

/** Another way to lead a name to the platform, where the DNS or its provider does not allow the record. */
export interface DnsAlternative {
    /** What the provider calls it. */
    type: "ANAME" | "redirect" | "hosted zone";
    /** Instructions for this way. */
    advice: string;
}

/** A DNS record as every `dns` of a program has it: with its line in the file of its zone, and advice to set it. */
export interface DnsAdvice extends DnsRecord {
    /** The DNS zone of the record. */
    zone: string;
    /** The record's name within the zone, as most providers' forms want it: `www`, or `@` at the apex. */
    host: string;
    /**
     * The record as the file of its zone has it, relative to that zone:
     * `shop 300 IN CNAME shop.acme.example.c.section.io.`, at the apex `@ 300 IN ALIAS acme.example.c.section.io.`
     */
    line: string;
    /** Other ways at the apex of a zone, where not every provider has ALIAS, the best first. Elsewhere empty. */
    alternatives: DnsAlternative[];
    /** Advice on the time to live, on AAAA and CAA records, and on the time afterwards. */
    notes: string[];
}

function alternativesOf({ apex, name, value }: DnsRecord, zone: string): DnsAlternative[] {
    if (!apex) return [];
    return [
        {
            type: "ANAME",
            advice: `Where the provider of ${zone} calls it ANAME, or flattens a CNAME at the apex, that is the same: point it to ${value}.`,
        },
        {
            type: "redirect",
            advice: `Where it has neither, let the provider redirect ${name} to www.${name}, and set the CNAME of www.${name}; declare that as a domain too.`,
        },
        {
            type: "hosted zone",
            advice: `Or let the platform host ${zone} (POST …/enableHostedDNS): it copies the records and sets this one; then name its servers at the registrar.`,
        },
    ];
}

/** The record that a hostname needs to lead to its target, with advice for setting it. */
export function adviseOnTarget(hostname: string, cname: string): DnsAdvice {
    return adviseOn(dnsRecordFor(hostname, edgeDomainOf(hostname, cname)));
}

/**
 * Adds advice for setting a DNS record.
 *
 * @example adviseOn(dnsRecordFor("www.acme.example")).host === "www"
 */
export function adviseOn(record: DnsRecord): DnsAdvice {
    const { type, name, value, ttl, apex } = record;
    const zone = zoneName(name);
    const host = apex ? "@" : name.slice(0, -zone.length - 1);
    const notes = [
        ...(apex
            ? [`${name} is the apex of zone ${zone}, where DNS allows no CNAME: use ALIAS, or one of the alternatives.`]
            : []),
        `A day before, lower the time to live of what ${name} has now to ${ttl} seconds: for as long as it is, visitors may still go to the old place. Raise it again afterwards.`,
        `Remove the A and AAAA records of ${name}: the platform answers on IPv4 only, and no certificate can be issued while an AAAA record leads elsewhere.`,
        `Where ${name} or a name above it has CAA records, one of them has to allow the platform's authority, at Section 0 issue "${certificateAuthority}", or no certificate can be issued.`,
        `Keep the ${type} record afterwards: the site is live for as long as it is there.`,
    ];
    return {
        type,
        name,
        value,
        ttl,
        apex,
        zone,
        host,
        line: `${host} ${ttl} IN ${type} ${value}.`,
        alternatives: alternativesOf(record, zone),
        notes,
    };
}

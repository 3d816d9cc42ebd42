import { certificateAuthority, type DnsRecord, zoneName } from "section-model";

/** Another way to lead a name to the platform, where DNS or its provider does not take the record itself. */
export interface DnsAlternative {
    type: "ANAME" | "redirect" | "hosted zone";
    /** What to do. */
    advice: string;
}

/** A DNS record, and what whoever sets it has to know. */
export interface DnsAdvice extends DnsRecord {
    /** The zone it stands in. */
    zone: string;
    /** Its name within the zone, as most providers' forms want it: `www`, at the apex `@`. */
    host: string;
    /** At the apex of a zone, where not every provider has ALIAS: what to do then, the best first. Else empty. */
    alternatives: DnsAlternative[];
    /** What to do about the time to live, AAAA and CAA records, and afterwards. */
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

/**
 * What follows from a record for whoever sets it.
 *
 * @example adviseOn(dnsRecordFor("www.acme.example")).host === "www"
 */
export function adviseOn(record: DnsRecord): DnsAdvice {
    const { type, name, value, ttl, apex } = record;
    const zone = zoneName(name);
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
        host: apex ? "@" : name.slice(0, -zone.length - 1),
        alternatives: alternativesOf(record, zone),
        notes,
    };
}

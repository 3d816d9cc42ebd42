import { cnameTarget, isApex, zoneName } from "./hostname";

/**
 * The DNS record that a client must set, so that a hostname goes live. States have this type. Advice is added by
 * `adviseOn`, so that better advice changes no state.
 */
export interface DnsRecord {
    /** ALIAS at the top of a zone, else CNAME. */
    type: "CNAME" | "ALIAS";
    /** The full name of the record, without a trailing dot. */
    name: string;
    /** The target of the record, without a trailing dot. */
    value: string;
    /** Seconds. Short for going live; raise it afterwards. */
    ttl: number;
    /** True at the top of a zone, where a CNAME is not allowed. */
    apex: boolean;
    /** Advice on other records of this name. */
    notes: string[];
}

/** The authority that issues certificates for Section's platform, as CAA records name it. */
export const certificateAuthority = "letsencrypt.org";

const goLiveTtlSeconds = 300;

/**
 * The record to set for a hostname.
 *
 * @example dnsRecordFor("www.acme.example").value === "www.acme.example.c.section.io"
 */
export function dnsRecordFor(hostname: string, edgeDomain?: string): DnsRecord {
    const apex = isApex(hostname);
    const notes = ["Remove AAAA records of this name: the platform answers on IPv4 only."];
    if (apex) {
        notes.unshift(
            `${hostname} is the apex of zone ${zoneName(hostname)}: use an ALIAS or ANAME record, ` +
                `or redirect it to www.${hostname}; a CNAME is not allowed here.`,
        );
    }
    return {
        type: apex ? "ALIAS" : "CNAME",
        name: hostname,
        value: cnameTarget(hostname, edgeDomain),
        ttl: goLiveTtlSeconds,
        apex,
        notes,
    };
}

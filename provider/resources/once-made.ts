import * as pulumi from "@pulumi/pulumi";
import { dnsRecordFor, edgeDomainOf } from "section-model";
import { adviseOn, type DnsAdvice } from "./dns-advice";

/**
 * What follows from an output. A resource that an `up` leaves for later, as one with targets or of waves does, has no
 * outputs yet: what follows from them is unknown then, as in a preview.
 */
export function onceMade<T, U>(output: T | undefined, follow: (output: T) => U): U {
    return output === undefined ? (pulumi.unknown as U) : follow(output);
}

/** What whoever sets the DNS of a hostname has to know. */
export function adviseOnHostname(hostname: string, cname: string | undefined): DnsAdvice {
    return onceMade(cname, (target) => adviseOn(dnsRecordFor(hostname, edgeDomainOf(hostname, target))));
}

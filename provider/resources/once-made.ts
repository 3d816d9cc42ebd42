import * as pulumi from "@pulumi/pulumi";
import type { DnsAdvice } from "section-model/public";
import { model } from "../run/late-module";

/**
 * A value computed from an output. An `up` with targets or in waves leaves some resources for later. Such a resource
 * has no outputs yet, so that the value is unknown, as in a preview.
 */
export function onceMade<T, U>(output: T | undefined, follow: (output: T) => U): U {
    return output === undefined ? (pulumi.unknown as U) : follow(output);
}

/** The DNS record of a hostname, with advice for setting it. */
export function adviseOnHostname(hostname: string, cname: string | undefined): DnsAdvice {
    return onceMade(cname, (target) => model.adviseOnTarget(hostname, target));
}

import * as pulumi from "@pulumi/pulumi";
import { normaliseHostname } from "section-model";

const declared = new WeakMap<object, Map<string, string>>();
const withoutStack = {};

/**
 * Refuses a hostname that the same program declares twice: two resources of one name would take it from each other.
 * A Domain may name an application's own, to wait for it or to give it a certificate.
 * Hostnames that are not known while the program runs are left to the platform.
 */
export function declareHostname(resource: pulumi.Resource, hostname: unknown): void {
    if (typeof hostname !== "string") return;
    const run = pulumi.runtime.getStackResource() ?? withoutStack;
    const names = declared.get(run) ?? new Map<string, string>();
    declared.set(run, names);
    const key = normaliseHostname(hostname);
    const type = String((resource as unknown as { __pulumiType: string }).__pulumiType.split(":").pop());
    const other = names.get(key);
    const isOfApplication = [type, other].includes("Application") && [type, other].includes("Domain");
    if (other !== undefined && !isOfApplication) {
        const where = `as a hostname of a ${other}`;
        throw new pulumi.ResourceError(`${key} is declared twice, here and ${where}: a hostname belongs to one environment. Remove one of them.`, resource);
    }
    names.set(key, other === undefined ? type : "Application and its Domain");
}

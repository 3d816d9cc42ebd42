import * as pulumi from "@pulumi/pulumi";
import { normaliseHostname } from "section-model";

const declared = new WeakMap<object, Map<string, pulumi.Resource[]>>();
const withoutStack = {};

interface Internals {
    __pulumiType: string;
    __name: string;
}

const internalsOf = (resource: pulumi.Resource) => resource as unknown as Internals;
const kindOf = (resource: pulumi.Resource) => internalsOf(resource).__pulumiType.split(":").pop() ?? "";
const describe = (resource: pulumi.Resource) => `hostname of ${kindOf(resource)} "${internalsOf(resource).__name}"`;

/**
 * Refuses a hostname that the same program declares twice: two resources of one name would take it from each other. A preview goes on,
 * so that it lists all of them; an update stops at the first. A Domain may name an application's own, to wait for it or to give it a
 * certificate. Hostnames that are not known while the program runs are left to the platform.
 */
export function declareHostname(resource: pulumi.Resource, hostname: unknown): void {
    if (typeof hostname !== "string") return;
    const run = pulumi.runtime.getStackResource() ?? withoutStack;
    const names = declared.get(run) ?? new Map<string, pulumi.Resource[]>();
    declared.set(run, names);
    const key = normaliseHostname(hostname);
    const other = names.get(key) ?? [];
    names.set(key, [...other, resource]);
    const kinds = [...other, resource].map(kindOf).sort().join();
    if (other.length === 0 || kinds === "Application,Domain") return;
    const message = `${key} is declared twice, as ${[...other, resource].map(describe).join(" and as ")}: a hostname belongs to one environment. Remove one of them.`;
    if (run === withoutStack || !pulumi.runtime.isDryRun()) throw new pulumi.ResourceError(message, resource);
    // without the resource: its message would wait for an id of the engine that it may never get, and all later messages with it
    void pulumi.log.error(message);
}

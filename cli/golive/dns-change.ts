import type { DnsHost, NameView } from "section-client";
import { type Finding, wantedCaa } from "section-client";
import { type DnsAdvice, isWithin } from "section-model";

/** One change in a DNS host's form. */
export interface DnsChange {
    /** `keep`: it is right already. */
    action: "add" | "replace" | "remove" | "keep" | "set";
    /** The type of the record to set, or to remove. */
    type: string;
    /** The name within its zone, as most forms want it: `www`, at the apex `@`. */
    host: string;
    /** The full name. */
    name: string;
    /** The current records, `TYPE value` each. Undefined: they could not be looked up. */
    old?: string[];
    /** The TTL of the current records as seen, in seconds. Undefined: no record, or the DNS does not say. */
    oldTtl?: number;
    /** Undefined: remove the record. */
    value?: string;
    /** Seconds. */
    ttl?: number;
    /** A sentence that says what to do and why. Undefined: nothing to do. */
    advice?: string;
}

/** The name within a zone; the full name where it is not of that zone. */
export function hostWithin(name: string, zone: string): string {
    if (name === zone) return "@";
    return isWithin(name, zone) ? name.slice(0, -zone.length - 1) : name;
}

function targetChange(
    { type, name, value, ttl }: DnsAdvice,
    { aliases, addresses }: NameView,
    { fix, found }: Finding,
    host: string,
): DnsChange {
    const [alias] = aliases.records;
    const change = { type, host, name, value, ttl, ...(fix !== undefined && { advice: fix }) };
    const isUnknown = aliases.failure !== undefined || addresses.failure !== undefined;
    const old =
        alias === undefined ? addresses.records.map(({ address }) => `A ${address}`).sort() : [`CNAME ${alias}`];
    if (fix === undefined)
        return isUnknown && old.length === 0
            ? { ...change, action: "set", advice: found }
            : { ...change, action: "keep", old };
    if (old.length === 0) return { ...change, action: "add", old };
    const oldTtl = alias === undefined ? Math.max(...addresses.records.map((each) => each.ttl)) : undefined;
    return { ...change, action: "replace", old, ...(oldTtl !== undefined && { oldTtl }) };
}

/**
 * Lists the changes at the DNS host with which a hostname goes live, one for each record.
 *
 * @param view undefined where the DNS was not asked
 */
export function findChanges(
    record: DnsAdvice,
    { zone }: DnsHost,
    view: NameView | undefined,
    findings: readonly Finding[],
): DnsChange[] {
    const { type, name, value, ttl } = record;
    const host = hostWithin(name, zone);
    const [target] = findings;
    if (view === undefined || target === undefined)
        return [{ action: "set", type, host, name, value, ttl, advice: "compare it with what is there now" }];
    const changes = [targetChange(record, view, target, host)];
    for (const { record: of, fix } of findings) {
        if (fix === undefined) continue;
        if (of === "AAAA")
            changes.push({
                action: "remove",
                type: of,
                host,
                name,
                old: view.ipv6.records.map((each) => `AAAA ${each}`).sort(),
                advice: fix,
            });
        if (of === "CAA") {
            const { at, records } = view.caa;
            const old = records
                .filter(({ issue }) => issue !== undefined)
                .map(({ critical, issue }) => `CAA ${critical} issue "${issue}"`);
            changes.push({
                action: "add",
                type: of,
                host: hostWithin(at, zone),
                name: at,
                old,
                value: wantedCaa,
                ttl,
                advice: fix,
            });
        }
    }
    return changes;
}

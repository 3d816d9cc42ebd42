import { hasUnknown, type Properties } from "pulumi-section/internal";
import { adviseOn, type DnsRecord, dnsRecordFor, edgeDomainOf } from "section-model";
import { secretMark } from "../engine/engine-value";
import type { Preview } from "../engine/preview";
import type { Owner } from "./owner";
import { compareTexts, type ResourceChange, verbOfStep } from "./resource-change";

/** A step in the DNS that a change requires. */
export interface DnsStep {
    /** `set`: once the change is applied. `may be removed`: the record leads nowhere any more. */
    action: "set" | "may be removed";
    record: Pick<DnsRecord, "type" | "name" | "value" | "ttl">;
    zone: string;
    /** Its name within the zone. */
    host: string;
    owner: Owner;
    urn: string;
}

const knownText = (value: unknown) =>
    typeof value === "string" && !hasUnknown(value) && value !== secretMark ? value : undefined;

/** The edge domain of the endpoint, as far as the preview knows it. */
function edgeDomainIn({ steps }: Preview): string | undefined {
    for (const { olds, news, kind } of steps) {
        const { hostname, cname } = (news ?? olds ?? {}) as Properties;
        const [name, target] = [knownText(hostname), knownText(cname)];
        if (name === undefined || target === undefined || (kind !== "domain" && kind !== "application")) continue;
        return edgeDomainOf(name, target);
    }
    return undefined;
}

/** The record that a declaration needs. A Domain has it in its inputs, the others only a hostname. */
function recordOf(kind: string, inputs: Properties | undefined, edgeDomain: string | undefined): DnsRecord | undefined {
    if (inputs === undefined || !["domain", "application", "environment"].includes(kind)) return undefined;
    const hostname = knownText(inputs.hostname);
    const cname = knownText(inputs.cname);
    if (kind === "domain" && typeof inputs.dns === "object" && !hasUnknown(inputs.dns)) return inputs.dns as DnsRecord;
    return hostname === undefined
        ? undefined
        : dnsRecordFor(hostname, cname === undefined ? edgeDomain : edgeDomainOf(hostname, cname));
}

function stepOf(action: DnsStep["action"], full: DnsRecord, { owner, urn }: ResourceChange): DnsStep {
    const { type, name, value, ttl, zone, host } = adviseOn(full);
    return { action, record: { type, name, value, ttl }, zone, host, owner, urn };
}

const keyOf = ({ record: { type, name, value } }: DnsStep) => `${name} ${type} ${value}`;

/** The records to set, and those that may be removed. A hostname that only moves between resources keeps its record. */
export function listDnsSteps(preview: Preview, changes: readonly ResourceChange[]): DnsStep[] {
    const edgeDomain = edgeDomainIn(preview);
    const sets = new Map<string, DnsStep>();
    const removals = new Map<string, DnsStep>();
    for (const change of changes) {
        const { kind, olds, news } = change.step;
        const before =
            change.verb === "create" || change.verb === "import" ? undefined : recordOf(kind, olds, edgeDomain);
        const after = recordOf(kind, news, edgeDomain);
        if (before !== undefined && after !== undefined && before.name === after.name && before.value === after.value)
            continue;
        if (after !== undefined) sets.set(keyOf(stepOf("set", after, change)), stepOf("set", after, change));
        if (before !== undefined)
            removals.set(keyOf(stepOf("may be removed", before, change)), stepOf("may be removed", before, change));
    }
    const stays = new Set<string>();
    for (const step of preview.steps) {
        if (verbOfStep(step) !== undefined || step.op === "refresh") continue;
        const record = recordOf(step.kind, step.news ?? step.olds, edgeDomain);
        if (record !== undefined) stays.add(`${record.name} ${record.type} ${record.value}`);
    }
    const needed = (key: string) => stays.has(key) || (sets.has(key) && removals.has(key));
    const steps = [...sets, ...removals].filter(([key]) => !needed(key)).map(([, step]) => step);
    return steps.sort(
        (one, other) =>
            Number(one.action !== "set") - Number(other.action !== "set") ||
            compareTexts(one.owner.client.name, other.owner.client.name) ||
            compareTexts(one.record.name, other.record.name),
    );
}

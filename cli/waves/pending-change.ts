import { createHash } from "node:crypto";
import type { Properties } from "pulumi-section/internal";
import { hasUnknown, isStackUrn, splitUrn, urnOfReference } from "pulumi-section/internal";
import { completesChange } from "../engine/operation";
import { type Preview, type PreviewStep, readPreview } from "../engine/preview";

/**
 * Digests of the values that a step would write, by property: an apply of other resources leaves them equal. A value
 * that is not known yet has no digest and sets `isOpen`.
 */
export interface Fingerprint {
    digests: Readonly<Record<string, string>>;
    isOpen?: true;
}

/** A step that the engine would take. */
export interface PendingStep {
    urn: string;
    op: string;
    /** Undefined for resources of other packages, components and providers. */
    step?: PreviewStep;
    /** Resources that have to exist before it. */
    needs: readonly string[];
    fingerprint: Fingerprint;
}

/** All changes of one preview. */
export interface PendingChange {
    stack: string;
    preview: Preview;
    pending: ReadonlyMap<string, PendingStep>;
}

interface RecordedState {
    inputs?: Properties;
    parent?: string;
    provider?: string;
    dependencies?: string[] | null;
}

interface RecordedStep {
    op: string;
    urn: string;
    newState?: RecordedState | null;
}

/** The same text whatever the order of the keys. */
function canonical(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(canonical);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
        Object.entries(value)
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([key, each]) => [key, canonical(each)]),
    );
}

const digestOf = (value: unknown) =>
    createHash("sha256")
        .update(JSON.stringify(canonical(value)) ?? "")
        .digest("hex")
        .slice(0, 16);

function fingerprintOf(op: string, inputs: Properties = {}): Fingerprint {
    const entries = Object.entries(inputs).filter(([key]) => !key.startsWith("__"));
    const known = entries.filter(([, value]) => !hasUnknown(value));
    const digests = {
        ...Object.fromEntries(known.map(([key, value]) => [key, digestOf(value)])),
        ...(op === "delete" && { "": "deleted" }),
    };
    return { digests, ...(known.length < entries.length && { isOpen: true }) };
}

/** True when a step would write other values than before. A value that was not known then may be any value now. */
export function isEdited(before: Fingerprint | undefined, now: Fingerprint): boolean {
    if (before === undefined) return true;
    const keys =
        before.isOpen || now.isOpen
            ? Object.keys(before.digests).filter((key) => key in now.digests)
            : [...Object.keys(before.digests), ...Object.keys(now.digests)];
    return keys.some((key) => before.digests[key] !== now.digests[key]);
}

function needsOf({ parent, provider, dependencies }: RecordedState): string[] {
    return [parent, provider && urnOfReference(provider), ...(dependencies ?? [])].filter(
        (urn): urn is string => !!urn,
    );
}

/** Reads the output of `pulumi preview --json` as a change that can be applied in pieces. */
export function readChange(text: string): PendingChange {
    const preview = readPreview(text);
    const byUrn = new Map<string, PreviewStep>();
    for (const step of preview.steps) if (completesChange(step.op)) byUrn.set(step.urn, step);
    const pending = new Map<string, PendingStep>();
    const { steps } = JSON.parse(text) as { steps?: RecordedStep[] | null };
    for (const { op, urn, newState } of steps ?? []) {
        if (!completesChange(op) || pending.has(urn) || isStackUrn(urn)) continue;
        const fingerprint = fingerprintOf(op, newState?.inputs);
        pending.set(urn, { urn, op, step: byUrn.get(urn), needs: newState ? needsOf(newState) : [], fingerprint });
    }
    return { stack: splitUrn(steps?.[0]?.urn ?? "").stack, preview, pending };
}

/** These resources and the pending ones that they need: they have to be applied together. */
export function withNeeds({ pending }: PendingChange, urns: readonly string[]): string[] {
    const found = new Set<string>();
    const follow = (urn: string) => {
        const step = pending.get(urn);
        if (step === undefined || found.has(urn)) return;
        found.add(urn);
        for (const need of step.needs) follow(need);
    };
    for (const urn of urns) follow(urn);
    return [...found];
}

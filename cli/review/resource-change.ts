import { type Properties, printableLine, type Takeover } from "pulumi-section/internal";
import { productionName } from "section-model";
import { type Verb, verbOf } from "../engine/operation";
import type { Preview, PreviewStep } from "../engine/preview";
import { findOwners, type Owner } from "./owner";
import { type ShownChange, safeText, showChanges } from "./shown-change";
import { showPromotion } from "./shown-promotion";

/** The planned change of one resource. */
export interface ResourceChange {
    verb: Verb;
    urn: string;
    kind: string;
    /** Its name in the program. */
    name: string;
    id?: string;
    /** Its name for people: a hostname, the name of an environment or a client, an address. */
    subject: string;
    owner: Owner;
    /** Visitors see its environment, once the site is live. */
    isProduction: boolean;
    /** Visitors saw it when the state was last refreshed. */
    isLive: boolean;
    isProtected: boolean;
    /** Properties for which it has to be made anew. */
    replaces: readonly string[];
    shown: ShownChange[];
    /** Set when it exists already, and is taken over. */
    takeover?: Takeover;
    /** Messages of the engine and the provider about it. */
    said: string[];
    step: PreviewStep;
}

const weights: Readonly<Record<Verb, number>> = { delete: 0, replace: 1, update: 2, create: 3, import: 4 };

/** The verb of a step; undefined for a step without effect. */
export function verbOfStep({ op, kind }: PreviewStep): Verb | undefined {
    return kind === "guard" ? undefined : verbOf(op);
}

function hasVisitors({ outputs = {} }: PreviewStep): boolean {
    const hostnames = Array.isArray(outputs.hostnames) ? (outputs.hostnames as Properties[]) : [];
    return outputs.engaged === true || hostnames.some(({ engaged }) => engaged === true);
}

function subjectOf({ kind, name, olds, news }: PreviewStep): string {
    const { hostname, email, name: called } = (olds ?? news ?? {}) as Record<string, unknown>;
    const words = {
        domain: hostname,
        application: hostname,
        membership: email,
        environment: called,
        organization: called,
    }[kind];
    return printableLine(typeof words === "string" ? words : name);
}

/** A message without the engine's prefix. */
const said = (message: string) =>
    safeText(message)
        .replace(/^(error|warning|info): /, "")
        .trim();

export function sayDiagnostics(
    { diagnostics }: Preview,
    choose: (severity: string, urn: string | undefined) => boolean,
): string[] {
    return [
        ...new Set(
            diagnostics.filter(({ severity, urn }) => choose(severity, urn)).map(({ message }) => said(message)),
        ),
    ].filter((text) => text !== "");
}

/** Live resources first, then production, then the rest. Within these, deletes and replacements first. */
export function compareChanges(one: ResourceChange, other: ResourceChange): number {
    const rank = ({ isLive, isProduction, verb }: ResourceChange) =>
        (isLive ? 0 : isProduction ? 10 : 20) + weights[verb];
    return (
        rank(one) - rank(other) ||
        compareTexts(one.kind, other.kind) ||
        compareTexts(one.subject, other.subject) ||
        compareTexts(one.urn, other.urn)
    );
}

/** The same order on every machine. */
export function compareTexts(one: string, other: string): number {
    return one < other ? -1 : one > other ? 1 : 0;
}

/** Lists the changes of our resources, risky ones first. Unchanged resources are left out. */
export function listChanges(preview: Preview): ResourceChange[] {
    const ownerOf = findOwners(preview);
    const live = new Set<string>();
    for (const step of preview.steps) {
        const { site } = ownerOf(step);
        if (site !== undefined && hasVisitors(step)) live.add(step.urn).add(site.key);
    }
    const changes = new Map<string, ResourceChange>();
    for (const step of preview.steps) {
        const verb = verbOfStep(step);
        if (verb === undefined || changes.has(step.urn)) continue; // a replacement has up to three steps
        const { urn, kind, name, id, isProtected, replaces } = step;
        const owner = ownerOf(step);
        const environment = kind === "application" ? productionName : owner.environment;
        const isProduction = kind === "organization" || environment === productionName;
        // an application that is removed takes its live environments with it
        const isLive =
            live.has(urn) || (kind === "application" && owner.site !== undefined && live.has(owner.site.key));
        const spoken = sayDiagnostics(preview, (severity, about) => severity !== "error" && about === urn);
        const shown = [...showChanges(step, verb === "create" || verb === "import"), ...showPromotion(step)];
        changes.set(urn, {
            verb,
            urn,
            kind,
            name,
            id,
            subject: subjectOf(step),
            owner,
            isProduction,
            isLive,
            isProtected,
            replaces,
            shown,
            takeover: step.takeover,
            said: spoken,
            step,
        });
    }
    return [...changes.values()].sort(compareChanges);
}

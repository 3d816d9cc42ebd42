import { isUncheckedLine, nameOfUrn, splitUrn } from "pulumi-section/internal";
import { verbOf } from "../engine/operation";
import { errorsOf, type Preview } from "../engine/preview";
import { type DnsStep, listDnsSteps } from "./dns-step";
import { isChanged, listPeople, type PersonAccess } from "./person-access";
import {
    compareChanges,
    compareTexts,
    listChanges,
    type ResourceChange,
    sayDiagnostics,
    verbOfStep,
} from "./resource-change";
import { findRisks, isOverall, type Risk } from "./risk";
import { countVerbs, type VerbCounts } from "./say-deeds";
import { findSharedFiles, type SharedFiles } from "./shared-file";
import { linesToldOf } from "./shown-promotion";

/** An error of the engine or the provider in a preview. */
export interface Failure {
    /** The resource's name in the program; undefined for an error of the program. */
    name?: string;
    urn?: string;
    message: string;
}

export interface SiteReview {
    /** Undefined for changes of the client itself. */
    site?: { key: string; name: string };
    changes: ResourceChange[];
}

export interface ClientReview {
    client: { key: string; name: string };
    sites: SiteReview[];
}

export type Verdict = "nothing" | "changes" | "risky" | "failed";

export interface Review {
    verdict: Verdict;
    stack?: string;
    counts: VerbCounts;
    failures: Failure[];
    risks: Risk[];
    access: PersonAccess[];
    clients: ClientReview[];
    shared: SharedFiles;
    dns: DnsStep[];
    /** Messages that are not about a changed resource. */
    said: string[];
    others: { urn: string; op: string }[];
}

export interface ReviewOptions {
    /** More production sites than these are many. Default 10. */
    manySites?: number;
}

/** Components of this package: their effect is the changes of the resources in them. */
const isOwnComponent = (urn: string) => splitUrn(urn).type.startsWith("section:index:");

function groupChanges(changes: readonly ResourceChange[]): ClientReview[] {
    const clients = new Map<string, ClientReview>();
    for (const change of changes) {
        const { client, site } = change.owner;
        const review = clients.get(client.key) ?? { client, sites: [] };
        clients.set(client.key, review);
        const place = review.sites.find((each) => each.site?.key === site?.key);
        if (place === undefined) review.sites.push({ site, changes: [change] });
        else place.changes.push(change);
    }
    return [...clients.values()];
}

/**
 * Risky clients and sites come first; changes come in that order already, so that the first of each says where it
 * belongs.
 */
function sortClients(clients: ClientReview[], risks: readonly Risk[]): ClientReview[] {
    const risky = new Set(risks.filter((risk) => !isOverall(risk)).flatMap(({ urns }) => urns));
    const isRisky = ({ changes }: SiteReview) => changes.some(({ urn }) => risky.has(urn));
    for (const { sites } of clients) {
        sites.sort(
            (one, other) =>
                Number(isRisky(other)) - Number(isRisky(one)) ||
                compareChanges(one.changes[0] as ResourceChange, other.changes[0] as ResourceChange),
        );
    }
    const hasRisk = ({ sites }: ClientReview) => sites.some(isRisky);
    return clients.sort(
        (one, other) =>
            Number(hasRisk(other)) - Number(hasRisk(one)) ||
            compareTexts(one.client.name, other.client.name) ||
            compareTexts(one.client.key, other.client.key),
    );
}

function listFailures(preview: Preview): Failure[] {
    const urns = [...new Set(errorsOf(preview).map(({ urn }) => urn || undefined))];
    const of = (about: string | undefined) =>
        sayDiagnostics(preview, (severity, urn) => severity === "error" && (urn || undefined) === about);
    const failures = urns.flatMap((urn) =>
        of(urn).map((message): Failure => ({ ...(urn !== undefined && { name: nameOfUrn(urn), urn }), message })),
    );
    return failures.sort((one, other) => compareTexts(one.urn ?? "", other.urn ?? ""));
}

/** Messages that are not about a changed resource, without those that the changes themselves tell. */
function saidBeside(preview: Preview, changed: ReadonlySet<string>): string[] {
    const told = new Set(preview.steps.flatMap(linesToldOf).map((line) => line.trim()));
    const isTold = (text: string) => text.split("\n").every((line) => line.trim() === "" || told.has(line.trim()));
    return sayDiagnostics(preview, (severity, urn) => severity !== "error" && !changed.has(urn ?? ""))
        .filter((text) => !isTold(text))
        .sort(compareTexts);
}

function verdictOf({
    failures,
    risks,
    clients,
    others,
}: Pick<Review, "failures" | "risks" | "clients" | "others">): Verdict {
    if (failures.length > 0) return "failed";
    if (risks.length > 0) return "risky";
    return clients.length > 0 || others.length > 0 ? "changes" : "nothing";
}

/** Reviews a preview, risky changes first. The same preview gives the same review. */
export function reviewPreview(preview: Preview, { manySites = 10 }: ReviewOptions = {}): Review {
    const changes = listChanges(preview);
    const everybody = listPeople(preview);
    const failures = listFailures(preview);
    const unchecked = sayDiagnostics(preview, () => true).flatMap((text) => text.split("\n").filter(isUncheckedLine));
    const risks = findRisks({ changes, access: everybody, manySites, unchecked });
    const clients = sortClients(groupChanges(changes), risks);
    const ordered = clients.flatMap(({ sites }) => sites.flatMap((site) => site.changes));
    const others = preview.others
        .filter(({ urn, op }) => !isOwnComponent(urn) && verbOf(op) !== undefined)
        .sort((one, other) => compareTexts(one.urn, other.urn));
    const urns = new Set(changes.map(({ urn }) => urn));
    const first = preview.steps.find((step) => verbOfStep(step) !== undefined) ?? preview.steps[0];
    return {
        verdict: verdictOf({ failures, risks, clients, others }),
        stack: first && splitUrn(first.urn).stack,
        counts: countVerbs(changes),
        failures,
        risks,
        access: everybody.filter(isChanged),
        clients,
        shared: findSharedFiles(ordered),
        dns: listDnsSteps(preview, changes),
        said: saidBeside(preview, urns),
        others,
    };
}

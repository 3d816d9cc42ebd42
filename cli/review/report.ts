import { type Block, joinWords, type ListEntry, type ReportDocument, type Words } from "../report/document";
import { sayCount } from "../report/say-count";
import { listClientBlocks, mostUnfolded } from "./client-blocks";
import type { DnsStep } from "./dns-step";
import { listPeopleBlocks } from "./people-blocks";
import type { ResourceChange } from "./resource-change";
import type { Review } from "./review";
import { sayDeeds } from "./say-deeds";
import type { SharedEdit, SharedFile } from "./shared-file";
import { placeOf, splitLines } from "./site-blocks";

/** A change in more environments than these does not name them. */
const mostPlaces = 10;
/** Variants of a file that are shown; the others are behind a line. */
const mostVariants = 5;

function countPlaces(changes: readonly ResourceChange[]): string {
    const clients = new Set(changes.map(({ owner }) => owner.client.key)).size;
    return `${sayCount(changes.length, "environment")} of ${sayCount(clients, "client")}`;
}

function editBlocks({ label, diff, changes, than, hasSameContext }: SharedEdit, isOdd: boolean): Block[] {
    const places = changes.length > mostPlaces ? [] : [": ", ...joinWords(changes.map(placeOf))];
    const context: Words = hasSameContext
        ? []
        : [" Lines around it differ; those of ", ...placeOf(changes[0] as ResourceChange), " are shown."];
    const kind =
        than !== undefined
            ? `a new file like that of change ${than} but for these lines, in`
            : isOdd
              ? "not the same, in"
              : "in";
    return [
        { paragraph: [{ strong: `Change ${label}` }, `, ${kind} ${countPlaces(changes)}`, ...places, ".", ...context] },
        { diff },
    ];
}

function fileBlocks({ file, edits }: SharedFile): Block[] {
    const blocks = edits.map((edit, index) => editBlocks(edit, index > 0));
    const others = edits.slice(mostVariants);
    const places = countPlaces(others.flatMap(({ changes }) => changes));
    const fold = [{ strong: sayCount(others.length, "more change") }, ` of it, not the same, in ${places}`];
    return [
        { heading: [{ code: file }], level: 3 },
        ...blocks.slice(0, mostVariants).flat(),
        ...(others.length > 0 ? [{ fold, blocks: blocks.slice(mostVariants).flat() }] : []),
    ];
}

function section(title: string, blocks: readonly Block[]): Block[] {
    return blocks.length === 0 ? [] : [{ heading: [title], level: 2 }, ...blocks];
}

const list = (all: readonly Words[]): Block[] =>
    all.length === 0 ? [] : [{ entries: all.map((words) => ({ words })) }];

function dnsBlocks(steps: readonly DnsStep[]): Block[] {
    if (steps.length === 0) return [];
    const rows = steps.map(({ action, record, zone, host }): Words[] => [
        [{ strong: action }],
        [{ copy: host }],
        [{ code: zone }],
        [record.type],
        [{ copy: record.value }],
        [`${record.ttl} s`],
    ]);
    const table: Block = { head: ["do", "name", "in zone", "type", "value", "TTL"], rows };
    if (steps.length <= mostUnfolded) return [table];
    const sets = steps.filter(({ action }) => action === "set").length;
    const counts = [
        ...(sets > 0 ? [`${sayCount(sets, "record")} to set`] : []),
        ...(sets < steps.length ? [`${sayCount(steps.length - sets, "record")} that may be removed`] : []),
    ];
    return [{ fold: [counts.join(", ")], blocks: [table] }];
}

/** The result in one line. */
export function reviewTitle({ verdict, stack, counts, others, risks, failures }: Review): string {
    const deeds = [sayDeeds(counts), others.length > 0 ? `${others.length} of other packages` : ""];
    const what = {
        nothing: "nothing changes",
        changes: "",
        risky: sayCount(risks.length, "risk"),
        failed: sayCount(failures.length, "failure"),
    }[verdict];
    const isSaid = (text: string) => text !== "";
    return `${stack === undefined ? "" : `${stack}: `}${[what, deeds.filter(isSaid).join(", ")].filter(isSaid).join("; ")}`;
}

/** A review as people read it. */
export function reviewDocument(review: Review): ReportDocument {
    const { failures, risks, access, shared, dns, said, others } = review;
    const refused = failures.map(({ name, message }): ListEntry => {
        const [first = "", ...rest] = splitLines(message);
        return {
            words: [...(name === undefined ? [] : [{ code: name }, ": "]), first],
            entries: rest.map((line) => [line]),
        };
    });
    const blocks: Block[] = [
        ...section("Failed: this cannot be applied", refused.length === 0 ? [] : [{ entries: refused }]),
        ...section("Risks", list(risks.map(({ sentence, rule }) => [sentence, " ", { code: rule }]))),
        ...section("People", listPeopleBlocks(access)),
        ...section("The same in several sites", shared.files.flatMap(fileBlocks)),
        ...section("Clients and sites", listClientBlocks(review)),
        ...section("DNS", dnsBlocks(dns)),
        ...section("Said by the engine and the provider", list(said.flatMap(splitLines).map((line) => [line]))),
        ...section("Other packages", list(others.map(({ op, urn }) => [{ strong: op }, " ", { code: urn }]))),
    ];
    return { title: reviewTitle(review), blocks };
}

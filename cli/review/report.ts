import { secretMark } from "../engine/engine-value";
import type { Verb } from "../engine/operation";
import { type Block, joinWords, type ListEntry, type ReportDocument, type Words } from "../report/document";
import { sayCount } from "../report/say-count";
import { type PersonAccess, sayAccess } from "./person-access";
import type { ResourceChange } from "./resource-change";
import type { ClientReview, Review } from "./review";
import type { SharedEdit } from "./shared-file";
import type { ShownChange } from "./shown-change";

const gravest: readonly Verb[] = ["delete", "replace", "update", "create", "import"];

function placeOf({ owner, kind, subject }: ResourceChange): Words {
    const { site, environment, client } = owner;
    if (site === undefined) return [client.name];
    return [{ code: site.name }, ` ${kind === "environment" ? subject : (environment ?? "")}`.trimEnd()];
}

function sayShown(shown: ShownChange, label: string | undefined): Words {
    const { property, isSecret, before, after, diff, isFile, keepsContent } = shown;
    const name = { code: property };
    if (isSecret) return [name, ": a secret, ", { code: secretMark }, " before and after, not shown"];
    if (keepsContent) return [name, ": no content changes"];
    if (label !== undefined) return [name, ": ", { strong: `change ${label}` }];
    if (diff !== undefined) return [name, after === undefined ? ":" : ` (${after}):`];
    if (isFile) return [name, `: ${after ?? "changed on the platform"}`];
    if (before === undefined && after === undefined) return [name, ": not as declared on the platform"];
    return [
        name,
        ": ",
        before === undefined ? "nothing" : { code: before },
        " → ",
        after === undefined ? "nothing" : { code: after },
    ];
}

function changeEntry(change: ResourceChange, review: Review): ListEntry {
    const { verb, kind, subject, isLive, name, replaces, owner, shown, said } = change;
    const notes = [isLive && "live", kind === "domain" && owner.environment].filter(Boolean).join(", ");
    const because =
        replaces.length > 0 ? [", because of ", ...joinWords(replaces.map((property) => [{ code: property }]))] : [];
    const called: Words = subject === name ? [] : [", ", { code: name }];
    const people = kind === "membership" || kind === "team" ? ", see People" : "";
    const words: Words = [
        { strong: verb },
        ` ${kind} `,
        { code: subject },
        notes === "" ? "" : ` (${notes})`,
        ...because,
        ...called,
        people,
    ];
    const entries = [
        ...shown.map((each) => sayShown(each, review.shared.labelOf(each))),
        ...said.flatMap(lines).map((line): Words => [{ strong: "said" }, ": ", line]),
    ];
    return { words, entries };
}

/** The changes of a site, as a list. Details that do not fit on a line follow their change. */
function siteBlocks(changes: readonly ResourceChange[], review: Review): Block[] {
    return changes.flatMap((change): Block[] => {
        const own = change.shown.filter(
            (shown) => shown.diff !== undefined && review.shared.labelOf(shown) === undefined,
        );
        const entry = changeEntry({ ...change, shown: change.shown.filter((shown) => !own.includes(shown)) }, review);
        const diffs = own.flatMap((shown): Block[] => [
            { paragraph: sayShown(shown, undefined) },
            { diff: shown.diff as string },
        ]);
        return [{ entries: [entry] }, ...diffs];
    });
}

function joinLists(blocks: readonly Block[]): Block[] {
    return blocks.reduce<Block[]>((joined, block) => {
        const last = joined.at(-1);
        if (last !== undefined && "entries" in last && "entries" in block)
            joined.splice(-1, 1, { entries: [...last.entries, ...block.entries] });
        else joined.push(block);
        return joined;
    }, []);
}

function clientBlocks({ client, sites }: ClientReview, review: Review): Block[] {
    const blocks = sites.flatMap(({ site, changes }): Block[] => [
        { heading: site === undefined ? [client.name] : [`${client.name}: `, { code: site.name }], level: 3 },
        ...siteBlocks(changes, review),
    ]);
    return joinLists(blocks);
}

function editBlocks({ label, diff, changes, than, hasSameContext }: SharedEdit, isOdd: boolean): Block[] {
    const places = joinWords(changes.map(placeOf));
    const count = sayCount(changes.length, "environment");
    const context: Words = hasSameContext
        ? []
        : [" Lines around it differ; those of ", ...placeOf(changes[0] as ResourceChange), " are shown."];
    return [
        {
            paragraph: [
                { strong: `Change ${label}` },
                `, ${than !== undefined ? `a new file like that of change ${than} but for these lines, in` : isOdd ? "not the same, in" : "in"} ${count}: `,
                ...places,
                ".",
                ...context,
            ],
        },
        { diff },
    ];
}

function accessRow({ email, client, before, after }: PersonAccess): Words[] {
    return [[{ code: email }], [client.name], [sayAccess(before)], [{ strong: sayAccess(after) }]];
}

function section(title: string, blocks: readonly Block[]): Block[] {
    return blocks.length === 0 ? [] : [{ heading: [title], level: 2 }, ...blocks];
}

const list = (all: readonly Words[]): Block[] =>
    all.length === 0 ? [] : [{ entries: all.map((words) => ({ words })) }];
const table = (head: readonly string[], rows: readonly Words[][]): Block[] =>
    rows.length === 0 ? [] : [{ head, rows }];
const lines = (text: string) =>
    text
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "");

/** The result in one line. */
export function reviewTitle({ verdict, stack, counts, others, risks, failures }: Review): string {
    const deed = gravest.flatMap((verb) => (counts[verb] === undefined ? [] : [`${counts[verb]} to ${verb}`]));
    if (others.length > 0) deed.push(`${others.length} of other packages`);
    const what = {
        nothing: "nothing changes",
        changes: "",
        risky: sayCount(risks.length, "risk"),
        failed: sayCount(failures.length, "failure"),
    }[verdict];
    return `${stack === undefined ? "" : `${stack}: `}${[what, deed.join(", ")].filter((text) => text !== "").join("; ")}`;
}

/** A review as people read it. */
export function reviewDocument(review: Review): ReportDocument {
    const { failures, risks, access, clients, shared, dns, said, others } = review;
    const refused = failures.map(({ name, message }): ListEntry => {
        const [first = "", ...rest] = lines(message);
        return {
            words: [...(name === undefined ? [] : [{ code: name }, ": "]), first],
            entries: rest.map((line) => [line]),
        };
    });
    const blocks: Block[] = [
        ...section("Failed: this cannot be applied", refused.length === 0 ? [] : [{ entries: refused }]),
        ...section("Risks", list(risks.map(({ sentence, rule }) => [sentence, " ", { code: rule }]))),
        ...section("People", table(["person", "client", "before", "after"], access.map(accessRow))),
        ...section(
            "The same in several sites",
            shared.files.flatMap(({ file, edits }) => [
                { heading: [{ code: file }], level: 3 as const },
                ...edits.flatMap((edit, index) => editBlocks(edit, index > 0)),
            ]),
        ),
        ...section(
            "Clients and sites",
            clients.flatMap((client) => clientBlocks(client, review)),
        ),
        ...section(
            "DNS",
            table(
                ["do", "name", "in zone", "type", "value", "TTL"],
                dns.map(({ action, record, zone, host }) => [
                    [{ strong: action }],
                    [{ code: host }],
                    [{ code: zone }],
                    [record.type],
                    [{ code: record.value }],
                    [`${record.ttl} s`],
                ]),
            ),
        ),
        ...section("Said by the engine and the provider", list(said.flatMap(lines).map((line) => [line]))),
        ...section("Other packages", list(others.map(({ op, urn }) => [{ strong: op }, " ", { code: urn }]))),
    ];
    return { title: reviewTitle(review), blocks };
}

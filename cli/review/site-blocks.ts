import { secretMark } from "../engine/engine-value";
import { type Block, joinWords, type ListEntry, type Words } from "../report/document";
import type { ResourceChange } from "./resource-change";
import type { ClientReview, Review } from "./review";
import type { ShownChange } from "./shown-change";

/** The lines of a message that say something. */
export function splitLines(text: string): string[] {
    return text
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "");
}

/** The environment, site or client that a change is about. */
export function placeOf({ owner, kind, subject }: ResourceChange): Words {
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
        ...said.flatMap(splitLines).map((line): Words => [{ strong: "said" }, ": ", line]),
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

/** Everything that changes of a client, site by site. */
export function listSiteBlocks({ client, sites }: ClientReview, review: Review): Block[] {
    const blocks = sites.flatMap(({ site, changes }): Block[] => [
        { heading: site === undefined ? [client.name] : [`${client.name}: `, { code: site.name }], level: 3 },
        ...siteBlocks(changes, review),
    ]);
    return joinLists(blocks);
}

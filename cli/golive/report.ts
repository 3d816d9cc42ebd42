import type { Block, ReportDocument, Words } from "../report/document";
import type { DomainSheet } from "./domain-sheet";
import type { GoLiveSheet } from "./golive-sheet";
import type { GoLiveChange, GoLiveStep } from "./golive-steps";
import { byZone, sayCounts, sayLive, sayOld, sayPlace, sheetTitle, wordsOf } from "./sheet-words";

function changeRow({ action, type, host, name, value, ttl, old }: GoLiveChange): Words[] {
    return [
        [action],
        [type],
        [{ copy: host }],
        [{ copy: name }],
        old?.length ? [{ copy: sayOld(old) }] : [sayOld(old)],
        value === undefined ? ["nothing"] : [{ copy: value }],
        ttl === undefined ? [] : [String(ttl)],
    ];
}

function stepBlocks({ domains }: GoLiveSheet, { title, when, words, changes }: GoLiveStep, number: number): Block[] {
    const tables = byZone(changes, domains).flatMap(({ zone, host, changes: own }): Block[] => [
        { paragraph: [{ strong: zone }, ` at ${host}:`] },
        { head: ["do", "type", "name", "full name", "value now", "value to set", "TTL"], rows: own.map(changeRow) },
    ]);
    return [
        { heading: [`${number}. ${title}`], level: 2 },
        { aside: [`When: ${when}.`] },
        ...tables,
        ...(words.length > 0 ? [{ entries: words.map((each) => ({ words: wordsOf(each) })) }] : []),
    ];
}

function domainBlocks(domain: DomainSheet): Block[] {
    const { hostname, isLive, certificateWords, checks, record } = domain;
    const rows = checks.map(({ record: type, found, expected, fix }) => [
        [type],
        wordsOf(found),
        wordsOf(expected),
        wordsOf(fix ?? "nothing"),
    ]);
    return [
        { heading: [hostname], level: 3 },
        {
            entries: [
                { words: wordsOf(sayPlace(domain)) },
                { words: [{ badge: sayLive(domain), mood: isLive ? "good" : "wait" }] },
                { words: ["certificate: ", ...wordsOf(certificateWords)] },
            ],
        },
        checks.length > 0
            ? { head: ["record", "found", "expected", "to do"], rows }
            : { paragraph: [`The DNS was not asked. Expected: ${record.type} `, { copy: record.value }] },
    ];
}

/** The sheet as people read it: in an issue, a mail or a wiki, on a page or on paper. */
export function sheetDocument(sheet: GoLiveSheet): ReportDocument {
    const { domains, steps, notes } = sheet;
    const found: Block[] =
        domains.length === 0
            ? [{ paragraph: ["It has no hostname."] }]
            : [{ heading: ["What was found"], level: 2 }, ...domains.flatMap(domainBlocks)];
    return {
        title: sheetTitle(sheet),
        summary: [sayCounts(sheet)],
        blocks: [
            ...notes.map((note): Block => ({ paragraph: wordsOf(note) })),
            ...steps.flatMap((step, index) => stepBlocks(sheet, step, index + 1)),
            ...found,
        ],
    };
}

import { escapeMarkdown, markdownCode, markdownTable } from "../report/markdown";
import type { DomainSheet } from "./domain-sheet";
import type { GoLiveSheet } from "./golive-sheet";
import type { GoLiveChange, GoLiveStep } from "./golive-steps";
import { byZone, partsOf, sayCounts, sayLive, sayOld, sayPlace, sheetTitle } from "./sheet-words";

const say = (words: string) =>
    partsOf(words)
        .map(({ text, isCode }) => (isCode ? markdownCode(text) : escapeMarkdown(text)))
        .join("");

function changeRow(change: GoLiveChange): string[] {
    const { action, type, host, name, value, ttl, old } = change;
    const before = old?.length ? markdownCode(sayOld(old)) : sayOld(old);
    const shown = value === undefined ? "nothing" : markdownCode(value);
    return [action, type, markdownCode(host), markdownCode(name), before, shown, ttl === undefined ? "" : String(ttl)];
}

function saySteps({ domains }: GoLiveSheet, { title, when, words, changes }: GoLiveStep, number: number): string[] {
    const tables = byZone(changes, domains).flatMap(({ zone, host, changes: own }) => [
        `**${escapeMarkdown(zone)}** at ${escapeMarkdown(host)}:`,
        markdownTable(["do", "type", "name", "full name", "value now", "value to set", "TTL"], own.map(changeRow)),
    ]);
    return [
        `## ${number}. ${title}`,
        `*When: ${when}.*`,
        ...tables,
        ...(words.length > 0 ? [words.map((each) => `- ${say(each)}`).join("\n")] : []),
    ];
}

function sayDomain(domain: DomainSheet): string[] {
    const { hostname, certificateWords, checks, record } = domain;
    const rows = checks.map(({ record: type, found, expected, fix }) => [
        type,
        say(found),
        say(expected),
        fix === undefined ? "nothing" : say(fix),
    ]);
    const facts = [
        `- ${say(sayPlace(domain))}`,
        `- ${say(sayLive(domain))}`,
        `- certificate: ${say(certificateWords)}`,
    ];
    const table =
        checks.length > 0
            ? markdownTable(["record", "found", "expected", "to do"], rows)
            : `The DNS was not asked. Expected: ${record.type} ${markdownCode(record.value)}`;
    return [`### ${escapeMarkdown(hostname)}`, facts.join("\n"), table];
}

/** The sheet as Markdown, for an issue, a mail or a wiki. */
export function sheetMarkdown(sheet: GoLiveSheet): string {
    const { domains, steps } = sheet;
    const checks =
        domains.length === 0
            ? ["No hostname is attached to it."]
            : ["## What was found", ...domains.flatMap(sayDomain)];
    const parts = [
        `# ${escapeMarkdown(sheetTitle(sheet))}`,
        say(sayCounts(sheet)),
        ...steps.flatMap((step, index) => saySteps(sheet, step, index + 1)),
        ...checks,
    ];
    return `${parts.join("\n\n")}\n`;
}

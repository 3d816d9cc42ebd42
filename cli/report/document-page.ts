import { printable } from "pulumi-section/internal";
import { type Html, html } from "section-display";
import type { Block, ReportDocument, Words } from "./document";
import { htmlPage } from "./html-page";
import { tableHead } from "./html-table";
import { wordsHtml } from "./words-html";

/**
 * One click selects a value that is to be copied. A block stays on one printed page. On a narrow screen a row of a
 * table is a card, with the name of the column before each cell: nobody scrolls sideways to read a record.
 */
const documentStyle = `
pre.diff { padding: 0.5rem 0; }
pre.diff > span, pre.diff > ins, pre.diff > del { display: block; width: max-content; min-width: 100%; padding: 0 0.75rem; }
pre.diff > .place { color: var(--quiet); }
code { overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
td code { overflow-wrap: normal; white-space: nowrap; }
summary { cursor: pointer; padding: 0.2rem 0; overflow-wrap: anywhere; }
details > :not(summary) { margin-left: 1rem; }
li { margin: 0.15rem 0; }
.copy { user-select: all; }
h2, h3, .aside { break-after: avoid; }
tr, li { break-inside: avoid; }
@media screen and (max-width: 40rem) {
    main { padding: 1rem; }
    h1, h2, h3, p, li { overflow-wrap: anywhere; }
    ul { padding-left: 1.25rem; }
    details > :not(summary) { margin-left: 0.5rem; }
    td code { overflow-wrap: anywhere; white-space: normal; }
    .wide table, .wide tbody, .wide tr, .wide td { display: block; }
    .wide table { background: none; }
    .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .wide tr { margin: 0 0 0.75rem; padding: 0.4rem 0; border: 1px solid var(--line); border-radius: 6px; background: var(--surface); }
    .wide td { position: relative; min-height: 1.9rem; padding: 0.2rem 0.6rem 0.2rem 6.5rem; border: 0; overflow-wrap: anywhere; }
    .wide td:empty { display: none; }
    .wide td::before { content: attr(data-column); position: absolute; left: 0.6rem; width: 5.75rem; color: var(--quiet); font-size: 0.875rem; }
}
`;

function lineHtml(line: string): Html {
    if (line.startsWith("@@")) return html`<span class="place">${line}</span>`;
    if (line.startsWith("+")) return html`<ins>${line}</ins>`;
    if (line.startsWith("-")) return html`<del>${line}</del>`;
    return html`<span>${line === "" ? " " : line}</span>`;
}

function blockHtml(block: Block): Html {
    if ("heading" in block)
        return block.level === 2
            ? html`<h2>${wordsHtml(block.heading)}</h2>\n`
            : html`<h3>${wordsHtml(block.heading)}</h3>\n`;
    if ("paragraph" in block) return html`<p>${wordsHtml(block.paragraph)}</p>\n`;
    if ("aside" in block) return html`<p class="aside quiet">${wordsHtml(block.aside)}</p>\n`;
    if ("diff" in block) {
        // scrolls sideways, so that the keyboard has to reach it
        const lines = printable(block.diff.replace(/\n$/, "")).split("\n");
        return html`<pre class="diff" tabindex="0" role="group" aria-label="lines that change">${lines.map(lineHtml)}</pre>\n`;
    }
    if ("entries" in block) {
        const items = block.entries.map(({ words, entries = [] }) => {
            const below =
                entries.length > 0 && html`<ul>${entries.map((each) => html`<li>${wordsHtml(each)}</li>`)}</ul>`;
            return html`<li>${wordsHtml(words)}${below}</li>\n`;
        });
        return html`<ul>${items}</ul>\n`;
    }
    if ("fold" in block)
        return html`<details><summary>${wordsHtml(block.fold)}</summary>\n${block.blocks.map(blockHtml)}</details>\n`;
    if ("facts" in block) {
        const rows = block.facts.map(([name = [], ...cells]) => {
            const rest = cells.map((cell) => html`<td>${wordsHtml(cell)}</td>`);
            return html`<tr><th scope="row">${wordsHtml(name)}</th>${rest}</tr>\n`;
        });
        return html`<table><tbody>${rows}</tbody></table>\n`;
    }
    const cellHtml = (cell: Words, index: number) =>
        html`<td data-column="${block.head[index]}">${wordsHtml(cell)}</td>`;
    const rows = block.rows.map((cells) => html`<tr>${cells.map(cellHtml)}</tr>\n`);
    const table = html`<table>${tableHead(block.head)}<tbody>${rows}</tbody></table>`;
    return html`<div class="wide" tabindex="0" role="group" aria-label="${block.head.join(", ")}">${table}</div>\n`;
}

/** A report as one page that needs nothing else. */
export function documentPage({ title, summary, blocks }: ReportDocument): string {
    const all: Block[] = [...(summary === undefined ? [] : [{ paragraph: summary }]), ...blocks];
    return htmlPage({ title, body: html`<h1>${title}</h1>\n${all.map(blockHtml)}`, style: documentStyle });
}

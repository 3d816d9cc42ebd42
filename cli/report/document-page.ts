import { printable } from "pulumi-section/internal";
import { type Html, html } from "section-display";
import type { Block, ReportDocument, Word, Words } from "./document";
import { htmlPage } from "./html-page";
import { tableHead } from "./html-table";

/** One click selects a value that is to be copied. A block stays on one printed page. */
const documentStyle = `
pre.diff { padding: 0.5rem 0; }
pre.diff > span, pre.diff > ins, pre.diff > del { display: block; width: max-content; min-width: 100%; padding: 0 0.75rem; }
pre.diff > .place { color: var(--quiet); }
code { overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
td code { overflow-wrap: normal; white-space: nowrap; }
li { margin: 0.15rem 0; }
.copy { user-select: all; }
h2, h3, .aside { break-after: avoid; }
tr, li { break-inside: avoid; }
`;

function wordHtml(word: Word): Html {
    if (typeof word === "string") return html`${printable(word)}`;
    if ("code" in word) return html`<code>${printable(word.code)}</code>`;
    if ("copy" in word) return html`<code class="copy">${printable(word.copy)}</code>`;
    if ("badge" in word) return html`<span class="${word.mood}">${printable(word.badge)}</span>`;
    return html`<strong>${printable(word.strong)}</strong>`;
}

const wordsHtml = (words: Words) => words.map(wordHtml);

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
    if ("facts" in block) {
        const rows = block.facts.map(([name = [], ...cells]) => {
            const rest = cells.map((cell) => html`<td>${wordsHtml(cell)}</td>`);
            return html`<tr><th scope="row">${wordsHtml(name)}</th>${rest}</tr>\n`;
        });
        return html`<table><tbody>${rows}</tbody></table>\n`;
    }
    const rows = block.rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${wordsHtml(cell)}</td>`)}</tr>\n`);
    const table = html`<table>${tableHead(block.head)}<tbody>${rows}</tbody></table>`;
    return html`<div class="wide" tabindex="0" role="group" aria-label="${block.head.join(", ")}">${table}</div>\n`;
}

/** A report as one page that needs nothing else. */
export function documentPage({ title, summary, blocks }: ReportDocument): string {
    const all: Block[] = [...(summary === undefined ? [] : [{ paragraph: summary }]), ...blocks];
    return htmlPage({ title, body: html`<h1>${title}</h1>\n${all.map(blockHtml)}`, style: documentStyle });
}

import { type Html, html } from "section-display";
import type { Block, ReportDocument, Words } from "./document";
import { htmlPage } from "./html-page";

const diffStyle = `
pre.diff { padding: 0.5rem 0; }
pre.diff > span, pre.diff > ins, pre.diff > del { display: block; width: max-content; min-width: 100%; padding: 0 0.75rem; }
pre.diff > .place { color: var(--quiet); }
code { overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
td code { overflow-wrap: normal; white-space: nowrap; }
li { margin: 0.15rem 0; }
`;

function wordsHtml(words: Words): Html[] {
    return words.map((word) => {
        if (typeof word === "string") return html`${word}`;
        return "code" in word ? html`<code>${word.code}</code>` : html`<strong>${word.strong}</strong>`;
    });
}

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
    if ("diff" in block) {
        // scrolls sideways, so that the keyboard has to reach it
        return html`<pre class="diff" tabindex="0" role="group" aria-label="lines that change">${block.diff.replace(/\n$/, "").split("\n").map(lineHtml)}</pre>\n`;
    }
    if ("entries" in block) {
        const items = block.entries.map(({ words, entries = [] }) => {
            const below =
                entries.length > 0 && html`<ul>${entries.map((each) => html`<li>${wordsHtml(each)}</li>`)}</ul>`;
            return html`<li>${wordsHtml(words)}${below}</li>\n`;
        });
        return html`<ul>${items}</ul>\n`;
    }
    const head = html`<tr>${block.head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr>`;
    const rows = block.rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${wordsHtml(cell)}</td>`)}</tr>\n`);
    return html`<div class="wide" tabindex="0" role="group" aria-label="${block.head.join(", ")}"><table><thead>${head}</thead><tbody>${rows}</tbody></table></div>\n`;
}

/** A report as one page that needs nothing else. */
export function documentPage({ title, blocks }: ReportDocument): string {
    return htmlPage({ title, body: html`<h1>${title}</h1>\n${blocks.map(blockHtml)}`, style: diffStyle });
}

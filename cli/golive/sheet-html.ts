import { type Html, html } from "section-model";
import { htmlPage } from "../report/html-page";
import type { DomainSheet } from "./domain-sheet";
import type { GoLiveSheet } from "./golive-sheet";
import type { GoLiveChange, GoLiveStep } from "./golive-steps";
import { byZone, partsOf, sayCounts, sayLive, sayOld, sayPlace, sheetTitle } from "./sheet-words";

/** One click selects a value that is to be copied. */
const style = `
code { user-select: all; overflow-wrap: anywhere; }
section { break-inside: avoid; }
.scroll { overflow-x: auto; }
`;

const say = (words: string) =>
    partsOf(words).map(({ text, isCode }) => (isCode ? html`<code>${text}</code>` : html`${text}`));

function table(head: readonly string[], rows: readonly (readonly (Html | Html[])[])[]): Html {
    return html`<div class="scroll" tabindex="0"><table>
<thead><tr>${head.map((each) => html`<th scope="col">${each}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody>
</table></div>`;
}

function changeRow(change: GoLiveChange): Html[] {
    const { action, type, host, name, value, ttl, old } = change;
    const shown = value === undefined ? html`nothing` : html`<code>${value}</code>`;
    const before = old?.length ? html`<code>${sayOld(old)}</code>` : html`${sayOld(old)}`;
    return [
        html`${action}`,
        html`${type}`,
        html`<code>${host}</code>`,
        html`<code>${name}</code>`,
        before,
        shown,
        html`${ttl}`,
    ];
}

function stepPart({ domains }: GoLiveSheet, { title, when, words, changes }: GoLiveStep, number: number): Html {
    const tables = byZone(changes, domains).map(
        ({ zone, host, changes: own }) => html`<p><strong>${zone}</strong> at ${host}:</p>
${table(["do", "type", "name", "full name", "value now", "value to set", "TTL"], own.map(changeRow))}`,
    );
    return html`<section>
<h2>${number}. ${title}</h2>
<p class="quiet">When: ${when}.</p>
${tables}
${words.length > 0 && html`<ul>${words.map((each) => html`<li>${say(each)}</li>\n`)}</ul>`}
</section>
`;
}

function domainPart(domain: DomainSheet): Html {
    const { hostname, isLive, certificateWords, checks, record } = domain;
    const rows = checks.map(({ record: type, found, expected, fix }) => [
        [html`${type}`],
        say(found),
        say(expected),
        say(fix ?? "nothing"),
    ]);
    const asked = html`<p>The DNS was not asked. Expected: ${record.type} <code>${record.value}</code></p>`;
    return html`<section>
<h3>${hostname}</h3>
<ul>
<li>${sayPlace(domain)}</li>
<li><span class="${isLive ? "good" : "wait"}">${sayLive(domain)}</span></li>
<li>certificate: ${say(certificateWords)}</li>
</ul>
${checks.length > 0 ? table(["record", "found", "expected", "to do"], rows) : asked}
</section>
`;
}

/** The sheet as one page, to be mailed or printed. */
export function sheetHtml(sheet: GoLiveSheet): string {
    const { domains, steps } = sheet;
    const title = sheetTitle(sheet);
    const body = html`<h1>${title}</h1>
<p>${sayCounts(sheet)}</p>
${steps.map((step, index) => stepPart(sheet, step, index + 1))}
${domains.length === 0 ? html`<p>No hostname is attached to it.</p>` : html`<h2>What was found</h2>\n${domains.map(domainPart)}`}`;
    return htmlPage({ title, body, style });
}

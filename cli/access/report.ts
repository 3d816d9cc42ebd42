import { columnLines, printable, printableLine } from "pulumi-section/internal";
import { html } from "section-display";
import { csvText } from "../report/csv";
import { htmlPage } from "../report/html-page";
import { escapeMarkdown, markdownTable } from "../report/markdown";
import type { Report } from "./access-table";

const clean = (rows: readonly (readonly string[])[]) => rows.map((row) => row.map(printableLine));

/** For a terminal. */
function reportText({ title, summary, tables, notes }: Report): string {
    const blocks = tables.map(({ title: name, head, rows }) =>
        [...(name === undefined ? [] : [name]), ...columnLines(clean([head, ...rows]))].join("\n"),
    );
    return printable([`${title}: ${summary}`, ...blocks, ...(notes.length > 0 ? [notes.join("\n")] : [])].join("\n\n"));
}

function reportMarkdown({ title, summary, tables, notes }: Report): string {
    const cells = (row: readonly string[]) => row.map((cell) => escapeMarkdown(printableLine(cell)));
    const blocks = tables.flatMap(({ title: name, head, rows }) => [
        ...(name === undefined ? [] : [`## ${name}`]),
        markdownTable(head, rows.map(cells)),
    ]);
    const ending = notes.map((note) => `- ${escapeMarkdown(printableLine(note))}`).join("\n");
    return [`# ${escapeMarkdown(title)}`, escapeMarkdown(summary), ...blocks, ...(ending === "" ? [] : [ending])].join(
        "\n\n",
    );
}

function reportHtml({ title, summary, tables, notes }: Report): string {
    const blocks = tables.map(
        ({ title: name, head, rows }) => html`${name !== undefined && html`<h2>${name}</h2>`}
<table>
<thead><tr>${head.map((each) => html`<th scope="col">${each}</th>`)}</tr></thead>
<tbody>${clean(rows).map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody>
</table>
`,
    );
    const ending = html`<ul>${notes.map((note) => html`<li>${printableLine(note)}</li>\n`)}</ul>`;
    return htmlPage({
        title,
        body: html`<h1>${title}</h1>\n<p>${summary}</p>\n${blocks}\n${notes.length > 0 && ending}`,
    });
}

/** How a report can be written. */
export const reportWriters: Readonly<Record<string, (report: Report) => string>> = {
    text: reportText,
    markdown: reportMarkdown,
    csv: ({ list: { head, rows } }) => csvText(head, rows),
    html: reportHtml,
};

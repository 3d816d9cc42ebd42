import { type Html, html } from "section-display";
import type { FilePreview } from "../service/previews";
import type { SiteParts } from "./commit";
import { visible } from "./difference";
import type { View } from "./document";
import { environmentAddress, organizationAddress, siteAddress } from "./page-addresses";
import { count, size } from "./shown-values";

const shownLines = 5000;
const shownWidth = 2000;

function lineTable(path: string, text: string): Html {
    const lines = text.replace(/\n$/, "").split("\n");
    const cut = (line: string) => (line.length > shownWidth ? `${line.slice(0, shownWidth)}…` : line);
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Text of ${path}">
<table class="patch">
<caption class="unseen">Text of ${path}</caption>
<thead class="unseen"><tr><th scope="col">Line</th><th scope="col">Text</th></tr></thead>
<tbody>${lines.slice(0, shownLines).map((line, index) => html`<tr><td class="line">${index + 1}</td><td class="code">${visible(cut(line))}</td></tr>\n`)}</tbody>
</table></div>
${lines.length > shownLines && html`<p class="notice">${count(lines.length - shownLines, "more line")} not shown. Clone the repository to see them.</p>`}`;
}

/** A file of an environment as it is now. */
export function filePage(
    { organization, application }: SiteParts,
    environment: string,
    { path, bytes, text, hidden }: FilePreview,
): View {
    const site = { accountId: organization.id, applicationId: application.id };
    const reason = hidden === "binary" ? "This file is binary" : "This file is too large to show";
    return {
        title: path,
        trail: [
            { text: organization.name, href: organizationAddress(organization.id) },
            { text: application.name, href: siteAddress(site) },
            { text: environment, href: environmentAddress(site, environment) },
        ],
        body: html`<h1 class="path">${path}</h1>
<p class="quiet">${size(bytes)} · as ${environment} has it now</p>
${bytes === 0 ? html`<p class="empty">This file is empty.</p>` : text === undefined ? html`<p class="notice">${reason}. Clone the repository to look at it.</p>` : lineTable(path, text)}`,
    };
}

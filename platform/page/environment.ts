import { type Html, html } from "section-display";
import { type Proxy, productionName } from "section-model";
import type { Commit } from "../git/views/commits";
import type { Egress } from "../service/egress";
import type { EnvironmentView } from "../service/environments";
import type { FileEntry } from "../service/previews";
import type { AccountRow, ApplicationRow } from "../store/database";
import { headLine, hostnameList } from "./application";
import type { View } from "./document";
import {
    commitAddress,
    comparisonAddress,
    environmentAddress,
    fileAddress,
    organizationAddress,
    type SiteKey,
    siteAddress,
} from "./page-addresses";
import { count, holderLine, moment, shortId, size, subjectOf } from "./shown-values";

/** The configuration of an environment in section.config.json, or the reason why it cannot be read. */
export type Configuration =
    | { chain: readonly Proxy[]; egress: Egress; blocked: readonly string[] }
    | { reason: string };

export interface EnvironmentParts {
    organization: AccountRow;
    application: ApplicationRow;
    view: EnvironmentView;
    configuration: Configuration;
    /** A page of them, newest first. */
    commits: readonly Omit<Commit, "parents">[];
    /** The last one of the page before. */
    before?: string;
    /** There are older ones. */
    hasMore: boolean;
    files: readonly FileEntry[];
    edgeDomain: string;
}

const shownFiles = 500;
const shownAddresses = 20;

function chainList(chain: readonly Proxy[]): Html {
    return html`<ol class="chain">
<li><span>Visitor</span></li>
${chain.map(({ name, image }) => html`<li><span><strong>${name}</strong> <code>${image}</code></span></li>`)}
<li><span>Origin</span></li>
</ol>`;
}

function settingsOf(known: Record<string, unknown>): Html {
    const others = Object.entries(known).filter(([key]) => key !== "address");
    if (others.length === 0) return html`<span class="quiet">defaults</span>`;
    return html`<ul class="plain">${others.map(([key, value]) => html`<li>${key.replaceAll("_", " ")}: <code>${Array.isArray(value) ? value.join(", ") : String(value)}</code></li>`)}</ul>`;
}

function originTable({ origins, ...shared }: Egress): Html {
    return html`<table>
<caption class="unseen">Origins</caption>
<thead><tr><th scope="col">Origin</th><th scope="col">Address</th><th scope="col">Settings</th></tr></thead>
<tbody>
${Object.entries(origins).map(
    ([name, origin]) => html`<tr>
<th scope="row">${name}</th>
<td><code>${String(origin.address ?? "none")}</code></td>
<td>${settingsOf(name === "default" ? { ...origin, ...shared } : origin)}</td>
</tr>`,
)}
</tbody></table>`;
}

function addressList(blocked: readonly string[]): Html {
    if (blocked.length === 0) return html`<p class="empty">No address is refused.</p>`;
    const list = html`<ul class="addresses">${blocked.map((address) => html`<li><code>${String(address)}</code></li>`)}</ul>`;
    if (blocked.length <= shownAddresses) return list;
    return html`<details><summary>${count(blocked.length, "address", "addresses")}</summary>${list}</details>`;
}

function configurationSection(configuration: Configuration): Html {
    if ("reason" in configuration)
        return html`<p class="notice">section.config.json of this branch cannot be read: ${configuration.reason}</p>`;
    const { chain, egress, blocked } = configuration;
    return html`<h3>Proxy chain</h3>
${chainList(chain)}
<h3>Origins</h3>
${originTable(egress)}
<h3>Refused addresses</h3>
${addressList(blocked)}`;
}

function commitTable(site: SiteKey, commits: EnvironmentParts["commits"]): Html {
    return html`<table>
<caption class="unseen">Commits, newest first</caption>
<thead><tr><th scope="col">Commit</th><th scope="col">Author</th><th scope="col">Time</th></tr></thead>
<tbody>
${commits.map(
    ({ commit, message, author, committedAt }) => html`<tr>
<th scope="row"><a href="${commitAddress(site, commit)}">${subjectOf(message)}</a> <span class="quiet below">${shortId(commit)}</span></th>
<td>${author.name}</td>
<td>${moment(committedAt)}</td>
</tr>`,
)}
</tbody></table>`;
}

function fileList(site: SiteKey, environment: string, files: readonly FileEntry[]): Html {
    const hidden = files.length - shownFiles;
    return html`<details${files.length <= 30 && html` open`}>
<summary>${count(files.length, "file")}</summary>
<ul class="files">
${files.slice(0, shownFiles).map(({ path, bytes }) => html`<li><a href="${fileAddress(site, environment, path)}">${path}</a> <span class="quiet">${size(bytes)}</span></li>`)}
</ul>
${hidden > 0 && html`<p class="quiet">${count(hidden, "more file")} not shown; clone the repository to see them.</p>`}
</details>`;
}

/** The page of an environment: hostnames, configuration, commits and files. */
export function environmentPage(parts: EnvironmentParts): View {
    const { organization, application, view, configuration, commits, before, hasMore, files, edgeDomain } = parts;
    const { name } = view.environment;
    const site = { accountId: organization.id, applicationId: application.id };
    const here = environmentAddress(site, name);
    const last = commits.at(-1);
    return {
        title: name,
        trail: [
            { text: organization.name, href: organizationAddress(organization.id) },
            { text: application.name, href: siteAddress(site) },
        ],
        body: html`<h1>${name}</h1>
${holderLine(view.environment)}
${headLine(site, view)}
${name !== productionName && html`<p><a href="${comparisonAddress(site, name, productionName)}">Compare with ${productionName}</a></p>`}
<section aria-labelledby="hostnames">
<h2 id="hostnames">Hostnames</h2>
${hostnameList(view, edgeDomain)}
</section>
<section aria-labelledby="configuration">
<h2 id="configuration">Configuration</h2>
${configurationSection(configuration)}
</section>
<section aria-labelledby="commits">
<h2 id="commits">Commits</h2>
${commits.length === 0 ? html`<p class="empty">No older commits.</p>` : commitTable(site, commits)}
<nav class="pager" aria-label="Pages of commits">
${before !== undefined && html`<a href="${here}#commits">Newest commits</a>`}
${hasMore && last !== undefined && html`<a href="${here}?before=${last.commit}#commits">Older commits</a>`}
</nav>
</section>
<section aria-labelledby="files">
<h2 id="files">Files</h2>
${fileList(site, name, files)}
</section>`,
    };
}

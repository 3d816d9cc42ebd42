import { type Html, html } from "section-display";
import { sayCount } from "../report/say-count";
import { clientMap } from "./client-map";
import {
    notKnown,
    type Said,
    sayCertificate,
    sayDomainLive,
    sayMinute,
    sayProxy,
    saySiteLive,
    siteName,
} from "./estate-words";
import type { ClientReport, DomainReport, EnvironmentReport, LastChange, SeenDrift, SiteReport } from "./report";

export const columns = ["Site", "Drift", "Environment", "Hostnames, certificates", "Proxies", "Last change"];

const said = ({ words, mood }: Said) => html`<span class="${mood}">${words}</span>`;

function domainItem(domain: DomainReport): Html {
    const ends = domain.certificate?.expires?.slice(0, 10);
    const certificate = sayCertificate(domain.certificate);
    const words = html`<span class="${certificate.mood}"${ends !== undefined && html` title="certificate until ${ends}"`}>${certificate.words}</span>`;
    return html`<li>${domain.hostname} ${said(sayDomainLive(domain))} ${words}</li>`;
}

function changeCell(change: LastChange | undefined): Html {
    if (change === undefined) return said(notKnown);
    const { at, who, what } = change;
    return html`${what}<br><span class="quiet"><time datetime="${at}">${sayMinute(at)}</time>, ${who}</span>`;
}

function driftState({ state }: SeenDrift): Html {
    const moods: Partial<Record<SeenDrift["state"], Said["mood"]>> = { drifted: "bad", "as declared": "good" };
    return said({ words: state, mood: moods[state] ?? "quiet" });
}

const driftLines = ({ found }: SeenDrift) => html`<ul role="list">${found.map((line) => html`<li>${line}</li>`)}</ul>`;

function environmentCells({ name, domains, proxies, lastChange }: EnvironmentReport): Html {
    const hostnames =
        domains.length === 0
            ? html`<span class="quiet">none</span>`
            : html`<ul role="list">${domains.map(domainItem)}</ul>`;
    const chain =
        proxies === undefined
            ? said(notKnown)
            : proxies.length === 0
              ? html`<span class="quiet">none</span>`
              : html`<ol>${proxies.map((proxy) => html`<li>${sayProxy(proxy)}</li>`)}</ol>`;
    return html`<td>${name}</td><td>${hostnames}</td><td>${chain}</td><td>${changeCell(lastChange)}</td>`;
}

const liveKeys = { yes: "yes", partly: "partly", no: "no", "not known": "unknown" };

/** A site with its environments: a group of rows, which search and filters show or hide as one. */
function siteRows(site: SiteReport): Html {
    const { id, live, drift, certificateDaysLeft, environments } = site;
    const isDrifted = drift.state === "drifted";
    const span = Math.max(1, environments.length) + Number(isDrifted);
    const [first, ...others] = environments;
    const name = html`<th scope="rowgroup" rowspan="${span}"><a href="#q=${encodeURIComponent(id)}">${siteName(site)}</a> ${said(saySiteLive(live))} <span class="quiet">${id}</span></th>`;
    const cells = first === undefined ? html`<td colspan="4">no environment</td>` : environmentCells(first);
    return html`<tbody class="site" data-live="${liveKeys[live]}"${isDrifted && html` data-drifted`}${certificateDaysLeft !== undefined && html` data-days="${certificateDaysLeft}"`}>
<tr>${name}<td rowspan="${span}">${driftState(drift)}</td>${cells}</tr>${others.map((each) => html`<tr>${environmentCells(each)}</tr>`)}${isDrifted && html`<tr><td class="lines" colspan="4">${driftLines(drift)}</td></tr>`}
</tbody>
`;
}

/** A client's head row with its map, and its sites below. */
export function clientRows(client: ClientReport): Html {
    const { id, name, sites, drift } = client;
    const found = drift.state === "drifted" && html`<div>${driftState(drift)}${driftLines(drift)}</div>`;
    return html`<tbody class="client" data-id="${id}" data-name="${name}"><tr><th colspan="${columns.length}" scope="rowgroup"><h2>${name} <span class="quiet">organization ${id}, ${sayCount(sites.length, "site")}</span></h2>${found}${sites.length > 0 && clientMap(client)}</th></tr></tbody>
${sites.map(siteRows)}`;
}

import { type Html, html } from "section-display";
import { sayDomainLive, saySiteLive, siteName } from "./estate-words";
import type { ClientReport, DomainReport, EnvironmentReport, SiteReport } from "./report";

const list = (items: readonly Html[]) => items.length > 0 && html`<ul role="list">${items}</ul>`;

function domainNode(domain: DomainReport): Html {
    const { words, mood } = sayDomainLive(domain);
    return html`<li><span class="node">${domain.hostname} <i class="${mood}">${words}</i></span></li>`;
}

function environmentNode({ name, domains }: EnvironmentReport): Html {
    return html`<li><span class="node">${name}</span>${list(domains.map(domainNode))}</li>`;
}

function siteNode(site: SiteReport): Html {
    const { words, mood } = saySiteLive(site.live);
    return html`<li><span class="node"><b>${siteName(site)}</b> <i class="${mood}">${words}</i></span>${list(site.environments.map(environmentNode))}</li>`;
}

/** A client as a tree: sites, their environments, their hostnames. Lists within lists, which the style draws. */
export function clientMap({ name, sites }: ClientReport): Html {
    return html`<details class="map"><summary>Map<span class="unseen"> of ${name}</span></summary><ul class="tree" role="list"><li><span class="node"><b>${name}</b></span>${list(sites.map(siteNode))}</li></ul></details>`;
}

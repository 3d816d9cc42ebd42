import { type Html, html } from "section-display";
import type { DomainEntry, Listing } from "../service/listings";
import type { AccountRow } from "../store/database";
import type { View } from "./document";
import { type ListRequest, listed } from "./listed-rows";
import { domainAddress, domainsAddress, environmentAddress, organizationAddress, siteAddress } from "./page-addresses";
import { hostnameText, liveBadge } from "./shown-values";

export function domainTable(accountId: number, domains: readonly DomainEntry[]): Html {
    return html`<table>
<caption class="unseen">Hostnames, those that are not live first</caption>
<thead><tr><th scope="col">Hostname</th><th scope="col">Site and environment</th><th scope="col">State</th></tr></thead>
<tbody>
${domains.map(({ hostname, engaged, application_id: applicationId, application_name, environment_name }) => {
    const site = { accountId, applicationId };
    return html`<tr>
<th scope="row"><a href="${domainAddress(accountId, hostname)}">${hostnameText(hostname)}</a></th>
<td><a href="${siteAddress(site)}">${hostnameText(application_name)}</a> · <a href="${environmentAddress(site, environment_name)}">${environment_name}</a></td>
<td>${liveBadge(engaged)}</td>
</tr>`;
})}
</tbody></table>`;
}

/** Every hostname of an organization. */
export function domainsPage(
    { id, name }: AccountRow,
    { rows, total }: Listing<DomainEntry>,
    request: ListRequest,
): View {
    const settings = { href: domainsAddress(id), searches: "Hostname", one: "hostname" };
    return {
        title: "Hostnames",
        trail: [{ text: name, href: organizationAddress(id) }],
        body: html`<h1>Hostnames</h1>${listed(settings, request, { total, table: domainTable(id, rows) })}`,
    };
}

import { html } from "section-display";
import type { Listing, OrganizationEntry } from "../service/listings";
import type { View } from "./document";
import { type ListRequest, listed } from "./listed-rows";
import { roleName } from "./memberships";
import { organizationAddress } from "./page-addresses";
import { liveCount } from "./shown-values";

/** The organizations of the person who looks. */
export function organizationsPage({ rows, total }: Listing<OrganizationEntry>, request: ListRequest): View {
    const table = html`<table>
<caption class="unseen">Organizations by name</caption>
<thead><tr><th scope="col">Organization</th><th scope="col">Sites</th><th scope="col">Hostnames</th><th scope="col">Your role</th></tr></thead>
<tbody>
${rows.map(
    ({ id, name, capability, sites, domains, live }) => html`<tr>
<th scope="row"><a href="${organizationAddress(id)}">${name}</a></th>
<td>${sites.toLocaleString("en")}</td>
<td>${liveCount(live, domains)}</td>
<td>${roleName(capability)}</td>
</tr>`,
)}
</tbody></table>`;
    const settings = { href: "/", searches: "Organization", one: "organization" };
    return {
        title: "Organizations",
        trail: [],
        body: html`<h1>Organizations</h1>${listed(settings, request, { total, table })}`,
    };
}

import { type Html, html } from "section-display";
import type { Capability } from "section-model";
import type { DomainEntry, Listing, SiteEntry } from "../service/listings";
import type { MemberRow } from "../service/memberships";
import type { AccountRow } from "../store/database";
import type { Link, View } from "./document";
import { domainTable } from "./domains";
import { type ListRequest, listed } from "./listed-rows";
import { memberTable, roleName } from "./memberships";
import { domainsAddress, home, membersAddress, organizationAddress, siteAddress } from "./page-addresses";
import { count, holderLine, hostnameText, liveCount } from "./shown-values";

export interface OrganizationParts {
    organization: AccountRow;
    capability: Capability;
    sites: Listing<SiteEntry>;
    /** The first of them, if the caller may see all. */
    domains?: Listing<DomainEntry>;
    /** The first of them, if the caller may see them. */
    members?: Listing<MemberRow>;
}

export const organizationsLink: Link = { text: "Organizations", href: home };

function siteTable(accountId: number, sites: readonly SiteEntry[]): Html {
    return html`<table>
<caption class="unseen">Sites by name</caption>
<thead><tr><th scope="col">Site</th><th scope="col">Environments</th><th scope="col">Hostnames</th></tr></thead>
<tbody>
${sites.map(
    ({ id, name, environments, domains, live }) => html`<tr>
<th scope="row"><a href="${siteAddress({ accountId, applicationId: id })}">${hostnameText(name)}</a></th>
<td>${environments.join(", ")}</td>
<td>${liveCount(live, domains)}</td>
</tr>`,
)}
</tbody></table>`;
}

function excerpt(title: string, { total }: Listing<unknown>, table: Html, more: Html | false): Html {
    const id = title.toLowerCase();
    return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title} <span class="number">${total.toLocaleString("en")}</span></h2>
${total === 0 ? html`<p class="empty">None yet.</p>` : table}
${more && html`<p>${more}</p>`}
</section>`;
}

/** The page of a client: its sites, its hostnames that are not live yet, and the people with access. */
export function organizationPage(
    { organization, capability, sites, domains, members }: OrganizationParts,
    request: ListRequest,
): View {
    const { id, name, owner_id } = organization;
    const settings = { href: organizationAddress(id), searches: "Site or hostname", one: "site" };
    return {
        title: name,
        trail: [organizationsLink],
        body: html`<h1>${name}</h1>
<p class="quiet">Organization ${id} · your role is ${roleName(capability)}</p>
${holderLine(organization)}
<section aria-labelledby="sites">
<h2 id="sites">Sites <span class="number">${sites.total.toLocaleString("en")}</span></h2>
${listed(settings, request, { total: sites.total, table: siteTable(id, sites.rows) })}
</section>
${domains && excerpt("Hostnames", domains, domainTable(id, domains.rows), domains.total > domains.rows.length && html`<a href="${domainsAddress(id)}">All ${count(domains.total, "hostname")}</a>`)}
${
    members
        ? excerpt(
              "Members",
              members,
              memberTable(members.rows, owner_id),
              html`<a href="${membersAddress(id)}">All members, and what their roles may do</a>`,
          )
        : html`<p class="quiet">Only admins see the members.</p>`
}`,
    };
}

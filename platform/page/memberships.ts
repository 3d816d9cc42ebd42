import { type Html, html } from "section-display";
import type { Capability } from "section-model";
import type { Listing } from "../service/listings";
import type { MemberRow } from "../service/memberships";
import type { AccountRow } from "../store/database";
import type { View } from "./document";
import { type ListRequest, listed } from "./listed-rows";
import { membersAddress, organizationAddress } from "./page-addresses";
import { holderNote } from "./shown-values";

const roles: Record<Capability, { name: string; may: string }> = {
    admin: { name: "Admin", may: "change everything in the organization and see its members" },
    "restrictions-editor": { name: "Restrictions editor", may: "look, and change IP restrictions" },
    state: { name: "State", may: "look, and change the state of proxies, such as clearing a cache" },
    readonly: { name: "Read only", may: "look, and fetch with git" },
};

export function roleName(capability: Capability): string {
    return roles[capability].name;
}

export function memberTable(members: readonly MemberRow[], ownerId: number): Html {
    return html`<table>
<caption class="unseen">Members with their roles</caption>
<thead><tr><th scope="col">Member</th><th scope="col">Role</th><th scope="col">State</th></tr></thead>
<tbody>
${members.map(({ id, email, first_name, last_name, capability, is_invited, claim }) => {
    const name = `${first_name} ${last_name}`.trim();
    return html`<tr>
<th scope="row">${name === "" ? email : html`${name} <span class="quiet below">${email}</span>`}${holderNote({ claim })}</th>
<td>${roleName(capability)}${id === ownerId && html` <span class="badge">Owner</span>`}</td>
<td>${is_invited ? html`<span class="badge pending">Pending</span>` : "Active"}</td>
</tr>`;
})}
</tbody></table>`;
}

/** The people of an organization. */
export function membersPage(organization: AccountRow, { rows, total }: Listing<MemberRow>, request: ListRequest): View {
    const table = memberTable(rows, organization.owner_id);
    const settings = { href: membersAddress(organization.id), searches: "Name or address", one: "member" };
    return {
        title: "Members",
        trail: [{ text: organization.name, href: organizationAddress(organization.id) }],
        body: html`<h1>Members</h1>
${listed(settings, request, { total, table })}
<section aria-labelledby="roles">
<h2 id="roles">What the roles may do</h2>
<dl class="facts">${Object.values(roles).map(({ name, may }) => html`<div><dt>${name}</dt><dd>${may}</dd></div>`)}</dl>
<p class="quiet">A member is pending until they have accepted the invitation.</p>
</section>`,
    };
}

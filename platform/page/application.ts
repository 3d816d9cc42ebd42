import { type Html, html } from "section-display";
import { dnsRecordFor, productionName } from "section-model";
import type { EnvironmentView } from "../service/environments";
import type { AccountRow, ApplicationRow } from "../store/database";
import type { View } from "./document";
import { copyable } from "./domain";
import {
    commitAddress,
    comparisonAddress,
    domainAddress,
    environmentAddress,
    organizationAddress,
    type SiteKey,
    siteAddress,
} from "./page-addresses";
import { holderLine, holderNote, liveBadge, moment, shortId, subjectOf } from "./shown-values";

export interface ApplicationParts {
    organization: AccountRow;
    application: ApplicationRow;
    environments: readonly EnvironmentView[];
    gitUrl: string;
    edgeDomain: string;
}

/** The hostnames of an environment, each with the record to set. */
export function hostnameList({ environment, domains }: EnvironmentView, edgeDomain: string): Html {
    if (domains.length === 0) return html`<p class="empty">No hostnames.</p>`;
    return html`<ul class="hostnames">
${domains.map(({ hostname, engaged, claim }) => {
    const { type, value } = dnsRecordFor(hostname, edgeDomain);
    return html`<li><a href="${domainAddress(environment.account_id, hostname)}">${hostname}</a> ${liveBadge(engaged)}
<span class="quiet">${type} to <code>${value}</code></span>${holderNote({ claim })}</li>`;
})}
</ul>`;
}

/** The commit an environment is at, in two lines. */
export function headLine(site: SiteKey, { head }: EnvironmentView): Html {
    if (head === undefined) return html`<p class="empty">No commit.</p>`;
    return html`<p class="head"><a href="${commitAddress(site, head.commit)}">${subjectOf(head.message)}</a>
<span class="quiet">${shortId(head.commit)} · ${head.author.name} · ${moment(head.committedAt)}</span></p>`;
}

function card(view: EnvironmentView, site: SiteKey, edgeDomain: string): Html {
    const { name } = view.environment;
    return html`<section class="card" aria-labelledby="environment-${name}">
<h2 id="environment-${name}"><a href="${environmentAddress(site, name)}">${name}</a></h2>
${holderLine(view.environment)}
<h3>Head</h3>
${headLine(site, view)}
<h3>Hostnames</h3>
${hostnameList(view, edgeDomain)}
${name !== productionName && html`<p><a href="${comparisonAddress(site, name, productionName)}">Compare with ${productionName}</a></p>`}
</section>`;
}

/** A site: its environments side by side. */
export function applicationPage({
    organization,
    application,
    environments,
    gitUrl,
    edgeDomain,
}: ApplicationParts): View {
    const site = { accountId: organization.id, applicationId: application.id };
    return {
        title: application.name,
        trail: [{ text: organization.name, href: organizationAddress(organization.id) }],
        body: html`<h1>${application.name}</h1>
<p class="quiet">Site ${application.id} of organization ${organization.id}</p>
${holderLine(application)}
${
    application.root_id !== null &&
    html`<p>Answers below <code>${application.path_prefix}</code> for the hostnames of <a href="${siteAddress({ ...site, applicationId: application.root_id })}">the site it is split from</a>.</p>`
}
<div class="cards">${environments.map((view) => card(view, site, edgeDomain))}</div>
<section aria-labelledby="clone">
<h2 id="clone">Clone</h2>
${copyable("Repository", gitUrl)}
<p class="quiet">Each environment is the branch with its name. git asks for a user name, which can be anything, and a password, which is an API token.
Select the address with the Tab key, then copy it.</p>
</section>`,
    };
}

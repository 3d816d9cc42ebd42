import { type Html, html } from "section-display";
import type { CommitView, PromotionView } from "../service/commits";
import type { AccountRow, ApplicationRow } from "../store/database";
import { differenceSection } from "./difference";
import type { View } from "./document";
import { commitAddress, environmentAddress, organizationAddress, siteAddress } from "./page-addresses";
import { moment, shortId, subjectOf } from "./shown-values";

export interface SiteParts {
    organization: AccountRow;
    application: ApplicationRow;
}

function messageOf(message: string): Html | false {
    const rest = message.split("\n").slice(1).join("\n").trim();
    return rest !== "" && html`<pre class="message">${rest}</pre>`;
}

/** The page of a commit: author, time, message, and every changed line. */
export function commitPage(
    { organization, application }: SiteParts,
    { commit, environments, difference }: CommitView,
): View {
    const site = { accountId: organization.id, applicationId: application.id };
    const subject = subjectOf(commit.message);
    const parents = commit.parents.map(
        (parent, index) => html`${index > 0 && ", "}<a href="${commitAddress(site, parent)}">${shortId(parent)}</a>`,
    );
    const places = environments.map(
        (name, index) => html`${index > 0 && ", "}<a href="${environmentAddress(site, name)}">${name}</a>`,
    );
    return {
        title: subject,
        trail: [
            { text: organization.name, href: organizationAddress(organization.id) },
            { text: application.name, href: siteAddress(site) },
        ],
        body: html`<h1>${subject}</h1>
${messageOf(commit.message)}
<dl class="facts">
<div><dt>Commit</dt><dd><code>${commit.commit}</code></dd></div>
<div><dt>Author</dt><dd>${commit.author.name} <span class="quiet">${commit.author.email}</span></dd></div>
<div><dt>Time</dt><dd>${moment(commit.committedAt)}</dd></div>
<div><dt>Part of</dt><dd>${places.length === 0 ? "no environment" : places}</dd></div>
<div><dt>${commit.parents.length > 1 ? "Parents" : "Parent"}</dt><dd>${parents.length === 0 ? "none, this is the first commit" : parents}</dd></div>
</dl>
<section aria-labelledby="changes">
<h2 id="changes">Changes</h2>
${commit.parents.length > 1 && html`<p class="quiet">This is a merge. The page shows the differences from its first parent.</p>`}
${differenceSection(difference)}
</section>`,
    };
}

/** The changes that a promotion of what one environment is now would make in another. */
export function comparisonPage(
    { organization, application }: SiteParts,
    from: string,
    to: string,
    { difference, promoted }: PromotionView,
): View {
    const site = { accountId: organization.id, applicationId: application.id };
    const isSame = difference.files.length === 0 && !difference.isCut;
    return {
        title: `${from} to ${to}`,
        trail: [
            { text: organization.name, href: organizationAddress(organization.id) },
            { text: application.name, href: siteAddress(site) },
        ],
        body: html`<h1>${from} to ${to}</h1>
<p>What would change in <a href="${environmentAddress(site, to)}">${to}</a> if it promoted what <a href="${environmentAddress(site, from)}">${from}</a> is now: files and proxies come from ${from}, and every environment keeps its origins and refused addresses.</p>
<dl class="facts">
<div><dt>Commit</dt><dd><a href="${commitAddress(site, promoted.commit)}">${subjectOf(promoted.message)}</a></dd></div>
<div><dt>In a program</dt><dd><code>promote: "${promoted.commit}"</code></dd></div>
</dl>
<section aria-labelledby="changes">
<h2 id="changes">Changes</h2>
${isSame ? html`<p class="empty">None. ${to} has this content already.</p>` : differenceSection(difference)}
</section>`,
    };
}

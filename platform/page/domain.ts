import { type Content, type Html, html } from "section-display";
import { describeCertificate, dnsRecordFor, readPem } from "section-model";
import type { HttpsView } from "../service/certificates";
import type { AccountRow, DomainRow } from "../store/database";
import type { View } from "./document";
import { environmentAddress, organizationAddress, siteAddress } from "./page-addresses";
import { holderLine, liveBadge, moment } from "./shown-values";

export interface DomainParts {
    organization: AccountRow;
    domain: Pick<DomainRow, "hostname" | "engaged" | "engaged_checked_at" | "application_id" | "claim"> & {
        environment_name: string;
    };
    https: HttpsView;
    applicationName: string;
    edgeDomain: string;
    /** The authority that certificates are ordered from; without one none are issued. */
    authority: string | undefined;
}

/** A value that is made to be copied: the Tab key selects all of it. */
export function copyable(label: string, value: string): Html {
    return html`<label class="copy"><span>${label}</span><input readonly value="${value}" size="${Math.min(80, value.length + 1)}"></label>`;
}

/** The state by the last answer of the DNS, or a note that it has not been asked yet. */
function stateOf({ hostname, engaged, engaged_checked_at }: DomainParts["domain"], target: string): Html {
    if (engaged_checked_at === null)
        return html`<p>The DNS has not been asked yet. Nothing is live before the record is set.</p>`;
    const at = moment(engaged_checked_at);
    if (engaged)
        return html`<p>On ${at} ${hostname} led to <code>${target}</code>: the site is live. Keep the record as it is.</p>`;
    return html`<p>On ${at} ${hostname} did not lead to the platform. Nothing is live before the record is set.</p>`;
}

/** Where the certificate of a hostname comes from that has none. */
function sayComing(authority: string | undefined): string {
    return authority === undefined
        ? "None of its own. This platform issues none, because no authority is set up: an admin can upload one."
        : `None of its own yet. The platform orders one from ${authority} once the hostname is live.`;
}

/** The certificate that the hostname is served with over HTTPS, and its renewal. */
function certificateSection({ certificate, order }: HttpsView, authority: string | undefined): Html {
    const [leaf] = readPem(certificate?.chain ?? "").blocks;
    const details = leaf === undefined ? undefined : describeCertificate(leaf.text);
    const fact = (name: string, value: Content) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
    return html`<section aria-labelledby="certificate">
<h2 id="certificate">Certificate</h2>
${details === undefined && html`<p>${sayComing(authority)}</p>`}
${
    details &&
    html`<dl class="facts">
${fact("Kind", certificate?.type === "custom" ? "uploaded by an admin" : "issued by the platform's authority")}
${fact("Issuer", details.issuer)}
${fact("Expires", moment(details.expires))}
${certificate?.renew_from && fact("Renewed from", moment(certificate.renew_from))}
</dl>`
}
${order && order.due_at !== null && html`<p>A new one is on its way.</p>`}
${order?.last_error && html`<p class="notice">The last try failed: ${order.last_error}</p>`}
</section>`;
}

/** A hostname with the DNS record that makes it live. */
export function domainPage(parts: DomainParts): View {
    const { organization, domain, https, applicationName, edgeDomain, authority } = parts;
    const { hostname, engaged } = domain;
    const site = { accountId: organization.id, applicationId: domain.application_id };
    const { type, name, value, ttl, apex, notes } = dnsRecordFor(hostname, edgeDomain);
    const check = `GET /api/v1/account/${organization.id}/domain/${hostname}/verifyEngaged`;
    return {
        title: hostname,
        trail: [
            { text: organization.name, href: organizationAddress(organization.id) },
            { text: applicationName, href: siteAddress(site) },
            { text: domain.environment_name, href: environmentAddress(site, domain.environment_name) },
        ],
        body: html`<h1>${hostname} ${liveBadge(engaged)}</h1>
${holderLine(domain)}
<section aria-labelledby="record">
<h2 id="record">The DNS record to set</h2>
<div class="record">
${copyable("Type", type)}
${copyable("Name", name)}
${copyable("Value", value)}
${copyable("TTL in seconds", String(ttl))}
</div>
<p class="quiet">Select a value with the Tab key, then copy it.</p>
${notes.map((note, index) => html`<p${apex && index === 0 && html` class="notice"`}>${note}</p>`)}
</section>
<section aria-labelledby="state">
<h2 id="state">State</h2>
${stateOf(domain, value)}
<p class="quiet">This page does not ask the DNS. <code>${check}</code> asks it now.</p>
</section>
${certificateSection(https, authority)}`,
    };
}

import { reviewTitle } from "./report";
import type { ResourceChange } from "./resource-change";
import type { Review } from "./review";

function changeJson(
    {
        verb,
        urn,
        kind,
        name,
        id,
        subject,
        owner,
        isProduction,
        isLive,
        isProtected,
        replaces,
        shown,
        said,
    }: ResourceChange,
    review: Review,
): unknown {
    const changes = shown.map((each) => {
        const { edit: _edit, text: _text, ...rest } = each;
        const label = review.shared.labelOf(each);
        return label === undefined ? rest : { ...rest, diff: undefined, sharedChange: label };
    });
    const { environment } = owner;
    return {
        verb,
        urn,
        kind,
        name,
        id,
        subject,
        environment,
        isProduction,
        isLive,
        isProtected,
        replaces,
        changes,
        said,
    };
}

/** A review as data. Keys that are missing are undefined; texts of secrets are nowhere. */
export function reviewToJson(review: Review): unknown {
    const { verdict, stack, counts, failures, risks, access, clients, shared, dns, said, others } = review;
    return {
        verdict,
        title: reviewTitle(review),
        stack,
        counts,
        failures,
        risks,
        access: access.map(({ email, client, before, after }) => ({
            email,
            client,
            before: before ?? null,
            after: after ?? null,
        })),
        shared: shared.files.map(({ file, edits }) => ({
            file,
            edits: edits.map(({ label, diff, changes, than, hasSameContext }) => ({
                label,
                diff,
                than,
                urns: changes.map(({ urn }) => urn),
                hasSameContext,
            })),
        })),
        clients: clients.map(({ client, sites }) => ({
            client,
            sites: sites.map(({ site, changes }) => ({
                site: site ?? null,
                changes: changes.map((change) => changeJson(change, review)),
            })),
        })),
        dns: dns.map(({ action, record, zone, host, owner, urn }) => ({
            action,
            ...record,
            zone,
            host,
            client: owner.client,
            site: owner.site,
            urn,
        })),
        said,
        others,
    };
}

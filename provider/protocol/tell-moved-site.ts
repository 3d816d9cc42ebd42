import { listOrganizations } from "section-client";
import { findHostnameSource } from "../nouns/hostname-source";
import { isOfStack } from "../protection/claim-words";
import type { Claimant } from "../run/claimant";
import { printableLine } from "../run/printable-text";
import type { Properties } from "../run/properties";
import type { Session } from "../run/session";

/** The key of a client, in the name of a site of an agency: `agency/acme/www.acme.example`. */
function keyOf(resource: string, hostname: string): string | undefined {
    const [last, key, agency] = resource.split("/").reverse();
    return last === hostname && agency !== undefined ? key : undefined;
}

/**
 * Says of a new site that this stack has one of its hostname for another organization: that one goes, and its
 * hostname comes here first, so that no guard of live sites sees it. Mostly a client got another name without a key.
 */
export async function tellMovedSite(
    session: Session,
    { hostname, organization }: Properties,
    claimant: Claimant,
): Promise<void> {
    if (typeof hostname !== "string") return;
    const source = await findHostnameSource(session, hostname);
    if (source?.counts === undefined || !source.namesApplication || !isOfStack(source.counts, claimant)) return;
    const former = String(source.place.organization);
    if (former === organization) return;
    const records = await listOrganizations(session.client);
    const nameOf = (wanted: unknown) => records.find(({ id }) => String(id) === wanted)?.name;
    const named = /^\((.*)\)\//.exec(claimant.place ?? "")?.[1];
    const client = named === undefined ? (nameOf(organization) ?? "another client") : decodeURIComponent(named);
    const before = nameOf(former) ?? `organization ${former}`;
    const key = keyOf(source.counts.resource, hostname);
    const isListed = key !== undefined && keyOf(claimant.resource, hostname) !== undefined;
    const way = isListed
        ? `write key ${key} for ${client} in the list of clients`
        : "give the resources their former names, or aliases";
    session.tell(
        printableLine(
            `${hostname}: ${client} gets a new site in place of the site of ${before}, which goes with its repository, its history and the files that nobody declares. If ${client} is a new name of ${before}, ${way}: then everything stays`,
        ),
    );
}

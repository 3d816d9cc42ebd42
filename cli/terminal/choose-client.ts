import type { ApplicationResult, EstateResult, OrganizationResult } from "pulumi-section/internal";
import { nearestNames, normaliseHostname, Problem } from "section-model";

/** A client, or one of its sites. */
export interface Choice {
    organization: OrganizationResult;
    /** The site alone. Undefined: all of them. */
    site?: ApplicationResult;
}

const rootPath = "/";

function hostnamesOf({ hostname, environments }: ApplicationResult): string[] {
    return [...new Set([hostname, ...environments.flatMap(({ domains }) => domains.map((domain) => domain.hostname))])];
}

function refuseAmbiguous(text: string, found: readonly OrganizationResult[]): never {
    const list = found.map(({ id, name }) => `${id} (${name})`).join(", ");
    throw new Problem("invalid-input", `"${text}" can be ${found.length} organizations: ${list}`, {
        remedy: "Name the id of the one you mean",
    });
}

/** Refuses ids of organizations that are not among those that the token sees. */
export function requireOrganizations(asked: readonly string[] | undefined, seen: readonly string[]): void {
    const missing = (asked ?? []).filter((id) => !seen.includes(id));
    if (missing.length === 0) return;
    throw new Problem("not-found", `there is no organization ${missing.join(", ")} that this token can see`, {
        remedy: "Check the id, and with pulumi-section whoami whose token it is",
    });
}

function refuseUnknown(text: string, what: string, known: readonly string[]): never {
    const nearest = nearestNames(text, known);
    throw new Problem("not-found", `there is no ${what} ${text} that this token can see`, {
        remedy:
            nearest.length === 0
                ? "Check with pulumi-section whoami whose token it is"
                : `Check the name; the nearest ones are ${nearest.join(", ")}`,
    });
}

function namedLike({ organizations }: EstateResult, text: string): OrganizationResult | undefined {
    const byId = organizations.find(({ id }) => id === text);
    if (byId !== undefined) return byId;
    const exact = organizations.filter(({ name }) => name === text);
    const alike =
        exact.length > 0
            ? exact
            : organizations.filter(({ name }) => name.trim().toLowerCase() === text.trim().toLowerCase());
    return alike.length > 1 ? refuseAmbiguous(text, alike) : alike[0];
}

/**
 * Finds an organization by id, by exact name, or by name in other capitals if only one matches.
 *
 * @throws Problem that names the ids of several, or the nearest names where it is none
 */
export function chooseOrganization(estate: EstateResult, text: string): OrganizationResult {
    const names = estate.organizations.map(({ name }) => name);
    return namedLike(estate, text) ?? refuseUnknown(text, "organization", names);
}

/** Finds an organization the same way, or a site by its id, the id of something in it, or any of its hostnames. */
export function chooseClientOrSite(estate: EstateResult, text: string): Choice {
    const organization = namedLike(estate, text);
    if (organization !== undefined) return { organization };
    const wanted = normaliseHostname(text);
    const sites = estate.organizations.flatMap((each) =>
        each.applications
            .filter(({ pathPrefix }) => pathPrefix === rootPath)
            .map((site) => ({ organization: each, site })),
    );
    const [, id] = /^(\d+\/\d+)(\/|$)/.exec(text) ?? [];
    const found = sites.find(({ site }) => site.id === id || hostnamesOf(site).includes(wanted));
    const names =
        id === undefined
            ? [...estate.organizations.map(({ name }) => name), ...sites.flatMap(({ site }) => hostnamesOf(site))]
            : sites.map(({ site }) => `${site.id} (${site.hostname})`);
    return found ?? refuseUnknown(text, "organization or site", names);
}

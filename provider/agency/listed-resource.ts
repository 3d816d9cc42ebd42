import { normaliseEmail, normaliseHostname, productionName } from "section-model";
import type { ClientDeclaration } from "./client-declaration";
import { clientKeyOf } from "./client-key";

type Site = NonNullable<ClientDeclaration["sites"]>[number];

/** A resource as a state has it. */
export interface ListedResource {
    kind: string;
    /** Its name in the program. */
    name: string;
    inputs: Readonly<Record<string, unknown>>;
}

/** The place of a resource within its site. */
function findInSite({ hostname, aliases = [] }: Site, { kind, inputs }: ListedResource, end: string) {
    if (kind === "application") return end === "" ? [] : undefined;
    if (kind === "environment") return end === `/${inputs.name}` ? [] : undefined;
    if (kind !== "domain") return undefined;
    if (end === `/${normaliseHostname(hostname)}`) return [];
    const alias = aliases.findIndex((each) => end === `/${normaliseHostname(each)}`);
    return alias === -1 ? undefined : ["aliases", alias];
}

/** The place of a resource within its client. `end` is its name after the client's key. */
function findInClient(client: ClientDeclaration, resource: ListedResource, end: string): PropertyKey[] | undefined {
    const { kind } = resource;
    if (kind === "organization" || kind === "team") return end === "" ? [] : undefined;
    if (kind === "membership") {
        const email = Object.keys(client.people ?? {}).find((each) => end === `/${normaliseEmail(each)}`);
        return email === undefined ? undefined : ["people", email];
    }
    for (const [index, site] of (client.sites ?? []).entries()) {
        const start = `/${normaliseHostname(site.hostname)}`;
        const at = end.startsWith(start) ? findInSite(site, resource, end.slice(start.length)) : undefined;
        if (at !== undefined) return ["sites", index, ...at];
    }
    return undefined;
}

/**
 * The place in a list of a resource that an `Agency` declares for it: `["clients", 0, "sites", 1]` for
 * `agency/acme/www.acme.example/Staging`. Undefined for a person of the agency's staff.
 */
export function findListed(clients: readonly ClientDeclaration[], resource: ListedResource): PropertyKey[] | undefined {
    for (const [index, client] of clients.entries()) {
        const start = `/${client.key ?? clientKeyOf(client.name)}`;
        const from = resource.name.indexOf(`${start}/`);
        const end = resource.name.endsWith(start)
            ? ""
            : from === -1
              ? undefined
              : resource.name.slice(from + start.length);
        const at = end === undefined ? undefined : findInClient(client, resource, end);
        if (at !== undefined) return ["clients", index, ...at];
    }
    return undefined;
}

/** The properties of environments that a site declares for all of them. */
const sharedProperties: readonly string[] = ["proxyChain", "ipBlacklist"];

/**
 * The place of the value that a property of a resource has from a list. An environment's variables have a place of
 * their own, also where their value comes from the site or the client.
 *
 * @param at the place of the resource
 * @param property such as `["origin", "address"]` or `["variables", "ttl"]`
 */
export function findListedProperty(
    clients: readonly ClientDeclaration[],
    { kind, inputs }: ListedResource,
    at: readonly PropertyKey[],
    [key, ...rest]: readonly string[],
): PropertyKey[] | undefined {
    if (key === undefined) return undefined;
    if (kind === "membership") return [...at];
    if (kind === "team") return key === "members" ? [...at, "people", ...rest.slice(0, 1)] : undefined;
    if (kind === "organization") return [...at, key];
    if (kind !== "environment") return undefined;
    if (sharedProperties.includes(key)) return [...at, key];
    const [, client, , site] = at as [string, number, string, number];
    const declared = clients[client]?.sites?.[site];
    const isStaging = inputs.name !== productionName;
    if (key === "variables") return [...at, ...(isStaging ? ["staging"] : []), key, ...rest];
    if (key === "hostname") return isStaging ? [...at, "staging", "hostname"] : undefined;
    if (key !== "origin") return undefined;
    return isStaging && declared?.staging?.origin !== undefined
        ? [...at, "staging", "origin", ...rest]
        : [...at, "origin", ...rest];
}

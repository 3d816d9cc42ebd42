import {
    explainUnknownProperty,
    liveWaitSchema,
    normaliseEmail,
    normaliseHostname,
    originObjectSchema,
    type PathIssue,
    pathIssuesOf,
    proxySchema,
    teamMemberShape,
    valueAt,
} from "section-model";
import type { z } from "zod";
import type { ClientDeclaration } from "./client-declaration";
import { clientKeyOf, stagingHostnameOf } from "./client-key";
import { clientListSchema, clientSchema, siteSchema, stagingSchema } from "./client-list";

/** One mistake in a list of clients. */
export interface ClientListIssue extends PathIssue {
    /** The place of the other value, where two collide. */
    other?: PropertyKey[];
}

type Tree = Record<string, unknown>;

function itemsOf(value: unknown): [number, Tree][] {
    if (!Array.isArray(value)) return [];
    return value.flatMap((item, index): [number, Tree][] =>
        typeof item === "object" && item !== null ? [[index, item as Tree]] : [],
    );
}

function shapeAt(path: readonly PropertyKey[]): z.ZodRawShape {
    const [last, before] = [path.at(-1), path.at(-2)];
    if (last === "staging") return stagingSchema.shape;
    if (last === "origin") return originObjectSchema.shape;
    if (last === "waitForLive") return liveWaitSchema.shape;
    if (before === "people") return teamMemberShape;
    if (before === "proxyChain") return proxySchema.shape;
    if (before === "sites") return siteSchema.shape;
    return path.length === 0 ? clientListSchema.shape : clientSchema.shape;
}

/** Adds to zod's message which property was probably meant, and whether a property is missing. */
function explained(issue: PathIssue, root: unknown): PathIssue {
    const holder = issue.path.slice(0, -1);
    // a text stands in place of an object: the issue is about the text
    if (typeof valueAt(root, holder) === "string") return { ...issue, path: holder };
    const key = issue.path.at(-1);
    if (issue.isKey && issue.reason.startsWith("is not a known property")) {
        return { ...issue, reason: explainUnknownProperty(String(key), Object.keys(shapeAt(holder))) };
    }
    const value = valueAt(root, issue.path);
    // YAML reads 0123, 1e3 and true as something else than a text
    if (issue.needsText && ["number", "boolean"].includes(typeof value))
        return { ...issue, reason: `${issue.reason}; put it in quotes` };
    const isMissing = typeof key === "string" && value === undefined;
    return isMissing ? { ...issue, reason: `is missing; it ${issue.reason}` } : issue;
}

/** Finds values that a list contains twice. */
class Register {
    readonly #places = new Map<string, PropertyKey[]>();
    readonly issues: ClientListIssue[] = [];

    /** @returns whether the value is new */
    note(value: unknown, path: PropertyKey[], reasonFor: (value: string) => string): boolean {
        if (typeof value !== "string" || value === "") return false;
        const other = this.#places.get(value);
        if (other === undefined) this.#places.set(value, path);
        else this.issues.push({ path, reason: reasonFor(value), other });
        return other === undefined;
    }
}

const sharedKey = (key: string) => `gives the key "${key}", which another client has; give this one a key: of its own`;
const sharedHostname = (hostname: string) =>
    `${hostname} stands here twice; a hostname belongs to one environment of one site, remove one of them`;
const sharedPerson = (email: string) => `${email} stands here twice; remove one of them`;

function spellingOf(hostname: unknown): unknown {
    return typeof hostname === "string" ? normaliseHostname(hostname) : hostname;
}

function noteHostnames(hostnames: Register, site: Tree, path: PropertyKey[]): void {
    const hostname = spellingOf(site.hostname);
    const isNew = hostnames.note(hostname, [...path, "hostname"], sharedHostname);
    if (Array.isArray(site.aliases))
        for (const [index, alias] of site.aliases.entries())
            hostnames.note(spellingOf(alias), [...path, "aliases", index], sharedHostname);
    if (typeof site.staging !== "object" || site.staging === null) return;
    const { hostname: declared } = site.staging as Tree;
    if (declared !== undefined) hostnames.note(spellingOf(declared), [...path, "staging", "hostname"], sharedHostname);
    else if (isNew) hostnames.note(stagingHostnameOf(hostname as string), [...path, "staging"], sharedHostname);
}

/**
 * Finds values that must be unique and are not, and declarations that need something that is missing. Takes any value.
 */
export function relateClients(clients: unknown): ClientListIssue[] {
    const keys = new Register();
    const hostnames = new Register();
    const issues: ClientListIssue[] = [];
    for (const [index, client] of itemsOf(clients)) {
        const path: PropertyKey[] = ["clients", index];
        const key = client.key ?? (typeof client.name === "string" ? clientKeyOf(client.name) : undefined);
        if (key === "" && String(client.name).trim() !== "")
            issues.push({
                path: [...path, "name"],
                reason: "has no letters or digits to make a key of; give the client a key: such as acme",
            });
        keys.note(key, [...path, client.key === undefined ? "name" : "key"], sharedKey);
        const people = new Register();
        for (const email of Object.keys(client.people ?? {}))
            people.note(normaliseEmail(email), [...path, "people", email], sharedPerson);
        issues.push(...people.issues);
        for (const [at, site] of itemsOf(client.sites)) {
            const sitePath = [...path, "sites", at];
            noteHostnames(hostnames, site, sitePath);
            if (site.stagingFirst === true && site.staging === undefined)
                issues.push({
                    path: [...sitePath, "stagingFirst"],
                    reason: "needs staging, which the site does not have; declare staging or remove this",
                });
        }
    }
    return [...issues, ...keys.issues, ...hostnames.issues];
}

/** Checks a list of clients as read from a file. Reports all mistakes at once. */
export function checkClientList(list: unknown): { clients: ClientDeclaration[]; issues: ClientListIssue[] } {
    const result = clientListSchema.safeParse(list);
    const issues = result.success ? [] : pathIssuesOf(result.error).map((issue) => explained(issue, list));
    issues.push(...relateClients((list as Tree | undefined)?.clients));
    return { clients: result.data?.clients ?? [], issues };
}

import { type ApplicationInputs, type EnvironmentInputs, type Issue, Problem, productionName } from "section-model";
import { type Memory, Slot } from "../run/memory";
import { hasUnknown } from "../run/unknown";

/** The part of Production that its Application can declare, too. */
type SiteContent = Partial<Pick<ApplicationInputs, "origin" | "stack">>;

interface DeclaredSite {
    content: SiteContent;
    /** Those of the content that this operation changes on Production. */
    changes: readonly string[];
}

type Declared = Partial<Pick<EnvironmentInputs, "application" | "name" | "origin" | "proxyChain" | "promote">>;

const sites = new Slot(() => new Map<string, DeclaredSite>());

/**
 * Remembers the declaration of an Application.
 *
 * @param keys of the properties that differ from what is there
 */
export function noteSite(memory: Memory, application: string, content: SiteContent, keys: readonly string[]): void {
    const isKnown = (value: unknown) => value !== undefined && !hasUnknown(value);
    const changes = (["origin", "stack"] as const).filter((key) => keys.includes(key) && isKnown(content[key]));
    memory.of(sites).set(application, { content, changes });
}

function findSite(memory: Memory, { application = "", name }: Declared): DeclaredSite | undefined {
    return name === productionName ? memory.of(sites).get(application) : undefined;
}

/** The origin's address that the Application of an environment declares. Undefined where none is known. */
export function findSiteOrigin(memory: Memory, environment: Declared): string | undefined {
    return findSite(memory, environment)?.content.origin;
}

interface Contradiction {
    property: string;
    words: string;
    remedy: string;
}

/**
 * A Production and its Application that declare the same thing differently, where the Application changes it: visitors
 * would be served from the one, and then from the other. A new site may begin with another one.
 */
function findContradiction(memory: Memory, environment: Declared): Contradiction | undefined {
    const { content, changes } = findSite(memory, environment) ?? { content: {}, changes: [] };
    const { application, origin } = environment;
    const away = (key: string) => `Take ${key} away from the Application, which changes nothing`;
    const address = origin?.address;
    const isOther = address !== undefined && !hasUnknown(address) && address !== content.origin;
    if (changes.includes("origin") && isOther)
        return {
            property: "origin",
            words: `is declared twice: ${address} here, and application ${application} changes it to ${content.origin}`,
            remedy: `${away("origin")}, or write the same address in both`,
        };
    const [property] = (["promote", "proxyChain"] as const).filter((key) => environment[key] !== undefined);
    if (!changes.includes("stack") || property === undefined) return undefined;
    const words = `decides which proxies Production has, and application ${application} changes them by its stack`;
    return { property, words, remedy: away("stack") };
}

/** Mistakes of a new or changed Production that its Application contradicts. */
export function checkAgainstSite(memory: Memory, environment: Declared): Issue[] {
    const found = findContradiction(memory, environment);
    return found === undefined ? [] : [{ property: found.property, reason: `${found.words}. ${found.remedy}` }];
}

/** Refuses a change of an Application that contradicts a Production that has not changed. */
export function refuseAgainstSite(memory: Memory, environment: Declared): void {
    const found = findContradiction(memory, environment);
    if (found === undefined) return;
    const { property, words, remedy } = found;
    throw new Problem("invalid-input", `${property} ${words}`, { remedy });
}

import { type EnvironmentInputs, type Issue, Problem, productionName } from "section-model";
import { type Memory, Slot } from "../run/memory";
import { hasUnknown } from "../run/unknown";

/** What an Application of this operation declares of the origin, which is Production's. */
interface SiteOrigin {
    address: string;
    /** True when that changes Production. */
    isChanged: boolean;
}

type Declared = Partial<Pick<EnvironmentInputs, "application" | "name" | "origin">>;

const remedy = "Take origin away from the Application, which changes nothing, or write the same address in both";

const origins = new Slot(() => new Map<string, SiteOrigin>());

/** Remembers the origin that an Application declares. */
export function noteSiteOrigin(memory: Memory, application: string, address: unknown, isChanged: boolean): void {
    if (typeof address === "string" && !hasUnknown(address))
        memory.of(origins).set(application, { address, isChanged });
}

function findOrigin(memory: Memory, { application = "", name }: Declared): SiteOrigin | undefined {
    return name === productionName ? memory.of(origins).get(application) : undefined;
}

/** The origin's address that the Application of an environment declares. Undefined where none does. */
export function findSiteOrigin(memory: Memory, environment: Declared): string | undefined {
    return findOrigin(memory, environment)?.address;
}

/** The words for a Production whose origin its Application changes to another one. Undefined for any other. */
function sayTwoOrigins(memory: Memory, environment: Declared): string | undefined {
    const wanted = environment.origin?.address;
    const { address, isChanged } = findOrigin(memory, environment) ?? {};
    if (!isChanged || wanted === undefined || hasUnknown(wanted) || address === wanted) return undefined;
    return `is declared twice: ${wanted} here, and application ${environment.application} changes it to ${address}`;
}

/**
 * Mistakes of a Production that declares another origin than the one to which its Application changes it: visitors
 * would be served from the one, and then from the other. A new site may begin with another one.
 */
export function checkSiteOrigin(memory: Memory, environment: Declared): Issue[] {
    const words = sayTwoOrigins(memory, environment);
    return words === undefined ? [] : [{ property: "origin", reason: `${words}. ${remedy}` }];
}

/** Refuses the same of a declaration that has not changed itself. */
export function refuseTwoOrigins(memory: Memory, environment: Declared): void {
    const words = sayTwoOrigins(memory, environment);
    if (words !== undefined) throw new Problem("invalid-input", `origin ${words}`, { remedy });
}

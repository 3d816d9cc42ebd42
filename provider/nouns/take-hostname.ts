import type { EnvironmentPlace, TakesFrom } from "section-client";
import { isProblem, Problem, resourceId } from "section-model";
import type { Hold } from "../protection/hold";
import type { Session } from "../run/session";
import { canHandOver, type IsOwnPlace, refuseTake, sayHeldByDeclared } from "./hostname-preflight";
import { findHostnameSource } from "./hostname-source";

const takenCodes: readonly string[] = ["hostname-taken", "domain-elsewhere"];

/** Whether a hostname is attached to this very environment. */
export function isIn(to: EnvironmentPlace): IsOwnPlace {
    return ({ place }) => resourceId.environment(place) === resourceId.environment(to);
}

export interface Taking {
    hold: Hold | undefined;
    /** Whether a source is where the declaration has the hostname: then nothing is taken, and the error stays. */
    isOwnPlace: IsOwnPlace;
    /** True when this run replaces what has the hostname: then no consent is needed. */
    isPlanned?: boolean;
}

/**
 * Does a request that attaches a hostname. If it is attached elsewhere and may be taken from there, the request is sent
 * again and moves it: so that it is never without an environment, whichever of two resources is made first.
 *
 * @param attach sends the request; `takesFrom` is the environment that must have the hostname
 */
export async function takeHostname<T>(
    session: Session,
    hostname: string,
    { hold, isOwnPlace, isPlanned = false }: Taking,
    attach: (takesFrom?: TakesFrom) => Promise<T>,
): Promise<T> {
    try {
        return await attach();
    } catch (error) {
        if (!isProblem(error) || !takenCodes.includes(error.code)) throw error;
        if (!(await canHandOver(session))) throw error;
        const source = await findHostnameSource(session, hostname);
        // without claims nobody knows whose it is: then only what is planned is taken
        if (source === undefined || isOwnPlace(source) || (hold === undefined && !isPlanned)) throw error;
        const held = sayHeldByDeclared(session, hostname, source);
        if (held !== undefined) throw new Problem("domain-elsewhere", held, { cause: error });
        if (!isPlanned) refuseTake(hostname, source, hold);
        return attach({ ...source.place, claim: source.own?.id ?? "none" });
    }
}

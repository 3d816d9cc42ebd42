import type { Api } from "../../support/api";
import { lookAtPlatform, type Seen } from "../refactoring/look-at-platform";
import { organizationCount, type SiteLine } from "./estate";

/** What is wrong after an `up` that followed a kill. */
export interface Verdict {
    /** Declared things that are not there, and those that were there at the kill and are others now. */
    lost: string[];
    /** Things of which there are two. */
    twice: string[];
    /** Things that no program declares. */
    orphans: string[];
}

/** Everything that the sites declare, each as kind and name; what comes along with it as well. */
function listDeclared(sites: readonly SiteLine[]): Set<string> {
    const organizations = Array.from(
        { length: sites.length === 0 ? 0 : organizationCount },
        (_, index) => `organization client-${index}`,
    );
    return new Set([
        ...organizations,
        ...sites.flatMap(({ name }) => {
            const hostname = `${name}.acme.example`;
            return [
                `application ${hostname}`,
                `environment Production of ${hostname}`,
                `environment Staging of ${hostname}`,
                ...[hostname, `staging.${hostname}`, `shop.${hostname}`].map((each) => `domain ${each}`),
            ];
        }),
    ]);
}

const names = (seen: Seen) =>
    [...seen].flatMap(([key, { kind, name }]) => (kind === "membership" ? [] : [{ key, name: `${kind} ${name}` }]));

export const lookNow = (api: Api): Promise<Seen> => lookAtPlatform(api);

/** @param killed what there was when the killed run had ended */
export function judge(sites: readonly SiteLine[], killed: Seen, now: Seen): Verdict {
    const declared = listDeclared(sites);
    const there = names(now);
    const counts = new Map<string, number>();
    for (const { name } of there) counts.set(name, (counts.get(name) ?? 0) + 1);
    const missing = [...declared].filter((name) => !counts.has(name));
    const replaced = names(killed).filter(({ key, name }) => declared.has(name) && !now.has(key));
    return {
        lost: [...missing, ...replaced.map(({ key, name }) => `${name} was ${key}`)],
        twice: [...counts].filter(([, count]) => count > 1).map(([name]) => name),
        orphans: there.filter(({ name }) => !declared.has(name)).map(({ name }) => name),
    };
}

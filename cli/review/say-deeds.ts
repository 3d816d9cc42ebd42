import type { Verb } from "../engine/operation";
import type { ResourceChange } from "./resource-change";

const gravest: readonly Verb[] = ["delete", "replace", "update", "create", "import"];

/** How many resources each verb is done to. */
export type VerbCounts = Partial<Record<Verb, number>>;

export function countVerbs(changes: readonly ResourceChange[]): VerbCounts {
    const counts: VerbCounts = {};
    for (const { verb } of changes) counts[verb] = (counts[verb] ?? 0) + 1;
    return counts;
}

/**
 * Counts in words, what is worst first.
 *
 * @example sayDeeds({ update: 9, delete: 2 }) === "2 to delete, 9 to update"
 */
export function sayDeeds(counts: VerbCounts): string {
    return gravest.flatMap((verb) => (counts[verb] === undefined ? [] : [`${counts[verb]} to ${verb}`])).join(", ");
}

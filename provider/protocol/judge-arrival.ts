import { Problem } from "section-model";
import { isOfStack, sayClaim } from "../protection/claim-words";
import { type Hold, mayTake } from "../protection/hold";
import { classNameOf, type Kind } from "../run/resource-kind";
import type { Arrival } from "./find-arrival";

/** What becomes of an existing thing that a new declaration names. */
export interface ArrivalVerdict {
    /** False when the thing stays with another stack: this one uses it, without a claim. */
    takes: boolean;
    /** What a preview says of it. */
    lines: string[];
    /** Set when it is taken from somebody else, or changes though it was nobody's. */
    takeover?: Takeover;
}

/** The property of a preview's inputs that has it. */
export const takeoverProperty = "__takesOver";

/** Something for a reviewer to look at. */
export interface Takeover {
    /** The holder in words, or `nobody`. */
    from: string;
    changes: string[];
}

/** Refuses to take a thing over that would change and that is not agreed to. */
function refuse(kind: string, { id, sight, changes }: Arrival, resource: string): never {
    throw new Problem(
        "takes-over",
        `${kind} ${id} exists already and belongs to ${sayClaim(sight.counts)}; ${resource} would change it`,
        {
            remedy: `To take it over, write adopt: true on ${resource}, or name it in the stack config section:adopt; to leave it as it is, look it up with ${classNameOf(kind as Kind)}.get`,
            lines: changes.map((change) => `  ${change}`),
        },
    );
}

/**
 * Decides about an existing thing that a new declaration names. What the stack has goes on or moves to another of its
 * resources. What is nobody's, or another's, is adopted without asking only when nothing would change.
 */
export function judgeArrival(kind: string, arrival: Arrival, hold: Hold): ArrivalVerdict {
    const { id, sight, isOurs, changes } = arrival;
    if (isOurs) return { takes: true, lines: [] };
    const { counts } = sight;
    const { claim, consents } = hold;
    const thing = `${kind} ${id}`;
    if (counts !== undefined && isOfStack(counts, claim)) {
        // a thing that comes with a larger one is no news
        if (sight.own === undefined) return { takes: true, lines: [] };
        const line =
            counts.resource === claim.resource
                ? `${thing}: ${claim.resource} goes on with it; it is there since ${counts.claimedAt}`
                : `${thing}: ${claim.resource} takes over what ${counts.resource} had; an alias says so too`;
        return { takes: true, lines: [line] };
    }
    if (changes.length > 0 && !consents) refuse(kind, arrival, claim.resource);
    const from = sayClaim(counts);
    if (!mayTake(hold, counts)) {
        const line = `${thing} belongs to ${from}: ${claim.resource} uses it and cannot change or delete it`;
        return { takes: false, lines: [line] };
    }
    const what =
        changes.length === 0 ? "as it is" : changes.length === 1 ? "with 1 change" : `with ${changes.length} changes`;
    const lines = [
        `${thing}: ${claim.resource} takes it over from ${from}, ${what}`,
        ...changes.map((change) => `  ${change}`),
    ];
    const isQuiet = counts === undefined && changes.length === 0;
    return { takes: true, lines, ...(!isQuiet && { takeover: { from, changes } }) };
}

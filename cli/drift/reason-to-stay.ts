import { sayClaim } from "pulumi-section/internal";
import type { PlacedThing } from "section-client";
import { productionName } from "section-model";
import { type LeftThing, withoutHeld } from "./find-left";

const mostNamed = 5;

export const sayThing = ({ kind, id }: PlacedThing) => `${kind} ${id}`;

/** True for a thing that would go with a larger one. An e-mail address may look like a part of an id. */
function isWithin(inner: PlacedThing, outer: PlacedThing): boolean {
    if (outer.kind === "organization")
        return inner.kind !== "organization" && inner.organization === outer.organization;
    return outer.kind !== "membership" && inner.kind !== "membership" && inner.id.startsWith(`${outer.id}/`);
}

/**
 * Things that would go with a left one though nobody agreed to that: those that somebody holds, this stack's state as
 * well, and environments of nobody.
 */
function listOthersWithin(outer: LeftThing, all: readonly PlacedThing[], left: readonly LeftThing[]): PlacedThing[] {
    const agreed = new Set(withoutHeld(left).map(({ claim }) => claim.id));
    return all.filter((inner) => {
        if (!isWithin(inner, outer)) return false;
        if (inner.claim !== undefined) return !agreed.has(inner.claim.id);
        return inner.kind === "environment" && inner.thing.environment !== productionName;
    });
}

function sayOthers(others: readonly PlacedThing[], left: readonly LeftThing[]): string {
    const named = others.slice(0, mostNamed).map((each) => {
        const heldBy = left.find(({ claim }) => claim.id === each.claim?.id)?.heldBy;
        return `${sayThing(each)} of ${heldBy === undefined ? sayClaim(each.claim) : `stack ${heldBy}`}`;
    });
    const more = others.length > mostNamed ? [`${others.length - mostNamed} more`] : [];
    return [...named, ...more].join(", ");
}

/** The reason not to remove a thing at all, from what was seen of its platform. */
export function reasonToStay(
    thing: LeftThing,
    all: readonly PlacedThing[],
    left: readonly LeftThing[],
): string | undefined {
    const { comesWith } = thing;
    if (thing.isBegun)
        return `an up is making it, or was killed while it made it. If no up runs: pulumi-section up, or pulumi refresh --clear-pending-creates`;
    if (comesWith !== undefined) return `it comes and goes with ${sayThing(comesWith)}`;
    const others = listOthersWithin(thing, all, left);
    return others.length === 0 ? undefined : `it contains ${sayOthers(others, left)}`;
}

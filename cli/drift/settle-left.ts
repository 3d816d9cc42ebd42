import { nouns, printable, sayClaim } from "pulumi-section/internal";
import { listClaimable, type PlacedThing, readGraph, setClaims } from "section-client";
import { isProblem, productionName } from "section-model";
import type { LeftThing } from "./find-left";

/** `remove` deletes left things, `release` gives their claims up and keeps them. */
export const waysToSettle = ["remove", "release"] as const;
export type WayToSettle = (typeof waysToSettle)[number];

/** Failures that every further request would have as well. */
const ofAll: readonly string[] = ["unreachable", "no-platform", "unauthenticated", "token-ended"];
const mostNamed = 5;

const sayThing = ({ kind, id }: PlacedThing) => `${kind} ${id}`;

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
    const agreed = new Set(left.map(({ claim }) => claim.id));
    return all.filter((inner) => {
        if (!isWithin(inner, outer)) return false;
        if (inner.claim !== undefined) return !agreed.has(inner.claim.id);
        return inner.kind === "environment" && inner.thing.environment !== productionName;
    });
}

function sayOthers(others: readonly PlacedThing[]): string {
    const named = others.slice(0, mostNamed).map((each) => `${sayThing(each)} of ${sayClaim(each.claim)}`);
    const more = others.length > mostNamed ? [`${others.length - mostNamed} more`] : [];
    return [...named, ...more].join(", ");
}

/** Gives a claim up. The thing stays as it is. */
async function release({ session, organization, thing, claim }: LeftThing): Promise<string> {
    const [answer] = await setClaims(session.client, organization, [{ thing, expected: claim.id, claim: null }]);
    return answer?.outcome === "held"
        ? `stays, and belongs to ${sayClaim(answer.claim)} now`
        : "stays, and belongs to nobody now";
}

/** Deletes a thing, if it still has the claim and nothing in it serves visitors. */
async function remove({ kind, id, claim, session }: LeftThing): Promise<string> {
    const noun = nouns[kind] as NonNullable<(typeof nouns)[string]>;
    // a setting for the program's own deletes does not count for what no program declares
    const careful = { ...session, settings: { ...session.settings, allowLiveDelete: false } };
    const observe = () => noun.observe(careful, id, {} as never);
    const found = await observe();
    if (found !== undefined) await noun.remove(careful, found as never, claim.id);
    return (await observe()) === undefined ? "is removed" : "stays";
}

/** The reason not to remove a thing at all. */
function reasonToStay(thing: LeftThing, all: readonly PlacedThing[], left: readonly LeftThing[]): string | undefined {
    const { comesWith } = thing;
    if (thing.isBegun)
        return `an up is making it, or was killed while it made it. If no up runs: pulumi-section up, or pulumi refresh --clear-pending-creates`;
    if (comesWith !== undefined) return `it comes and goes with ${sayThing(comesWith)}`;
    const others = listOthersWithin(thing, all, left);
    return others.length === 0 ? undefined : `it contains ${sayOthers(others)}`;
}

/** Settles one thing, and says how that ended. */
async function settle(way: WayToSettle, thing: LeftThing, left: readonly LeftThing[]): Promise<string> {
    const ours = left.filter(({ session }) => session === thing.session);
    try {
        if (way === "release") return await release(thing);
        const all = listClaimable(await readGraph(thing.session.client));
        const reason = reasonToStay(thing, all, ours);
        return reason === undefined ? await remove(thing) : `stays: ${reason}`;
    } catch (error) {
        if (!isProblem(error) || ofAll.includes(error.code)) throw error;
        return `stays: ${error.message}`;
    }
}

/**
 * Removes left things, or releases them: the deepest first, each only if it still has the claim that was seen. What
 * holds others' things, serves visitors or is being made stays, and a line says so.
 */
export async function settleLeft(
    way: WayToSettle,
    left: readonly LeftThing[],
    tell: (line: string) => void,
): Promise<void> {
    for (const thing of [...left].reverse()) tell(printable(`${sayThing(thing)} ${await settle(way, thing, left)}`));
}

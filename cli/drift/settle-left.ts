import { nouns, printable, sayClaim } from "pulumi-section/internal";
import { listClaimable, readGraph, setClaims } from "section-client";
import { isProblem } from "section-model";
import type { LeftThing } from "./find-left";
import { reasonToStay, sayThing } from "./reason-to-stay";
import { refuseTooManyLeft } from "./refuse-too-many-left";

/** `remove` deletes left things, `release` gives their claims up and keeps them. */
export const waysToSettle = ["remove", "release"] as const;
export type WayToSettle = (typeof waysToSettle)[number];

/** Failures that every further request would have as well. */
const ofAll: readonly string[] = ["unreachable", "no-platform", "unauthenticated", "token-ended"];

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

/** Settles one thing, and says how that ended. */
async function settle(way: WayToSettle, thing: LeftThing, left: readonly LeftThing[]): Promise<string> {
    const ours = left.filter(({ session }) => session === thing.session);
    try {
        if (thing.heldBy !== undefined) return `stays: the state of stack ${thing.heldBy} has it`;
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
 *
 * @throws Problem `too-many-deletes` before it begins, if it would delete more than `section:maxDeletes`
 */
export async function settleLeft(
    way: WayToSettle,
    left: readonly LeftThing[],
    tell: (line: string) => void,
): Promise<void> {
    if (way === "remove") refuseTooManyLeft(left);
    for (const thing of [...left].reverse()) tell(printable(`${sayThing(thing)} ${await settle(way, thing, left)}`));
}

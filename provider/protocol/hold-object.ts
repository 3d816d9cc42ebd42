import { formatHolder } from "section-model";
import { isOfStack } from "../protection/claim-words";
import { refuseDeclaredTwice } from "../protection/declared-now";
import { type Hold, mayTake, openHold, refuseHeld, takeClaim } from "../protection/hold";
import { isClaimable, readClaim } from "../protection/read-claim";
import { refuseOtherPlatform, refuseOtherThanNotedPlatform } from "../protection/refuse-other-platform";
import type { Properties } from "../run/properties";
import { findArrival } from "./find-arrival";
import { judgeArrival } from "./judge-arrival";
import { claimantOf } from "./note-declaration";
import type { NounInRun } from "./noun-in-run";

/** The property of outputs with the id of the resource's claim. Empty when the thing stays with somebody else. */
export const claimProperty = "__claim";
/** The property of outputs with the platform that the thing is on. */
export const platformProperty = "__platform";

/** What the state remembers beside a noun's outputs. */
export type Kept = { [claimProperty]?: string; [platformProperty]: string };

/** A claim for the verbs of a noun, and what the state remembers of it. */
export interface HeldObject {
    hold?: Hold;
    kept: Kept;
}

function keep(here: string, claim: string): Kept {
    return { [claimProperty]: claim, [platformProperty]: here };
}

/** The claim for a new declaration. It takes an existing thing over, or leaves it to its holder. */
export async function holdNew(asked: NounInRun, inputs: Properties): Promise<HeldObject> {
    const session = asked.open();
    const here = await refuseOtherThanNotedPlatform(session);
    const hold = await openHold(session, claimantOf(asked, inputs));
    if (hold === undefined) return { kept: { [platformProperty]: here } };
    const arrival = await findArrival(asked, inputs);
    if (arrival === undefined) return { hold, kept: keep(here, hold.claim.id) };
    refuseDeclaredTwice(asked.memory, `${asked.noun.kind} ${arrival.id}`, hold.claim.resource);
    const { takes } = judgeArrival(asked.noun.kind, arrival, hold);
    return { hold, kept: keep(here, takes ? await takeClaim(session, hold, arrival.sight) : "") };
}

/**
 * What the state remembers of a thing that was just made. Another operation may have made it meanwhile: a killed one,
 * whose provider still had a request on its way. Then its claim is taken as that of any existing thing.
 */
export async function keepMade({ noun, open }: NounInRun, id: string, { hold, kept }: HeldObject): Promise<Kept> {
    if (hold === undefined || kept[claimProperty] !== hold.claim.id || !isClaimable(noun.kind)) return kept;
    const session = open();
    const sight = await readClaim(session, noun.kind, id);
    if (sight?.counts === undefined || sight.counts.id === hold.claim.id) return kept;
    return { ...kept, [claimProperty]: mayTake(hold, sight.counts) ? await takeClaim(session, hold, sight) : "" };
}

/** The claim for a change. It is taken again where nobody has it, or another resource of the stack. */
export async function holdKnown(
    asked: NounInRun,
    id: string,
    olds: Properties,
    inputs: Properties,
): Promise<HeldObject> {
    const session = asked.open();
    const here = await refuseOtherPlatform(session, olds[platformProperty]);
    const known = olds[claimProperty];
    const hold = await openHold(session, claimantOf(asked, inputs), known);
    if (hold === undefined) return { kept: { ...keptOf(olds), [platformProperty]: here } };
    const { kind } = asked.noun;
    const sight = isClaimable(kind) ? await readClaim(session, kind, id) : undefined;
    const isKnown = sight?.counts !== undefined && sight.counts.id === known;
    if (sight === undefined || isKnown) return { hold, kept: keep(here, hold.claim.id) };
    refuseHeld(kind, id, hold, sight.counts);
    return { hold, kept: keep(here, await takeClaim(session, hold, sight)) };
}

/** Refuses a change at preview that `holdKnown` would refuse, and tells what a change takes over by consent. */
export async function refuseHeldChange(
    asked: NounInRun,
    id: string,
    olds: Properties,
    inputs: Properties,
): Promise<void> {
    const session = asked.open();
    await refuseOtherPlatform(session, olds[platformProperty]);
    const { kind } = asked.noun;
    const hold = isClaimable(kind) ? await openHold(session, claimantOf(asked, inputs)) : undefined;
    if (hold === undefined) return;
    const counts = (await readClaim(session, kind, id))?.counts;
    if (counts === undefined || counts.id === olds[claimProperty]) return;
    refuseHeld(kind, id, hold, counts);
    if (!isOfStack(counts, hold.claim))
        session.tell(
            `${kind} ${id}: ${hold.claim.resource} takes it over from ${formatHolder(counts)}, with this change`,
        );
}

/** The part of outputs that only the state knows. */
export function keptOf(outputs: Properties): Properties {
    const keys = [claimProperty, platformProperty];
    return Object.fromEntries(keys.filter((key) => outputs[key] !== undefined).map((key) => [key, outputs[key]]));
}

import { isProblem } from "section-model";
import { reasonToKeep } from "../protection/declared-now";
import { hasClaims } from "../protection/hold";
import { refuseMoved } from "../protection/plan-expectations";
import { refuseOtherPlatform } from "../protection/refuse-other-platform";
import { type Properties, withoutInternal } from "../run/properties";
import { claimProperty, platformProperty } from "./hold-object";
import type { NounInRun } from "./noun-in-run";
import { repeatUncertain } from "./repeat-uncertain";

/** Removes the object, unless the same operation declares it under another name, or somebody else has it by now. */
export async function deleteObject({ noun, memory, open }: NounInRun, id: string, known: Properties): Promise<void> {
    const session = open();
    const keep = (reason: string) => session.tell(`${noun.kind} ${id} is kept: ${reason}`);
    const reason = reasonToKeep(memory, noun.kind, id);
    if (reason !== undefined) return keep(reason);
    await refuseOtherPlatform(session, known[platformProperty]);
    await refuseMoved(session, noun.kind, id);
    const claim = (await hasClaims(session)) ? String(known[claimProperty] || "none") : undefined;
    try {
        await repeatUncertain(() => noun.remove(open(), { id, outputs: withoutInternal(known) as never }, claim));
    } catch (error) {
        if (!isProblem(error) || error.code !== "claim-held") throw error;
        keep(error.detail);
    }
}

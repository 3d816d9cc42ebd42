import { reasonToKeep } from "../protection/declared-now";
import { refuseMoved } from "../protection/plan-expectations";
import { type Properties, withoutInternal } from "../run/properties";
import type { NounInRun } from "./noun-in-run";
import { repeatUncertain } from "./repeat-uncertain";

/** Removes the object, unless the same operation declares it under another name. */
export async function deleteObject({ noun, memory, open }: NounInRun, id: string, known: Properties): Promise<void> {
    const session = open();
    const reason = reasonToKeep(memory, noun.kind, id);
    if (reason !== undefined) {
        session.tell(`${noun.kind} ${id} is kept: ${reason}`);
        return;
    }
    await refuseMoved(session, noun.kind, id);
    await repeatUncertain(() => noun.remove(open(), { id, outputs: withoutInternal(known) as never }));
}

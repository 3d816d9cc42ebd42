import { type Found, Unfinished } from "../nouns/noun";
import { noteCreated, refuseDeclaredTwice } from "../protection/declared-now";
import { refuseMoved } from "../protection/plan-expectations";
import { refuseReadOnly } from "../protection/refuse-read-only";
import { type Properties, withoutInternal } from "../run/properties";
import { completeOutputs } from "./complete-outputs";
import { type HeldObject, holdKnown, holdNew, keepMade } from "./hold-object";
import { noteDeclaration } from "./note-declaration";
import type { NounInRun } from "./noun-in-run";
import { repeatUncertain } from "./repeat-uncertain";

export interface EnsuredObject {
    id: string;
    outs: Properties;
}

async function ensureObject(
    asked: NounInRun,
    inputs: Properties,
    held: HeldObject,
    previous?: Found<never>,
): Promise<EnsuredObject> {
    const { noun, memory, open } = asked;
    const { hold, kept } = held;
    try {
        const { id, outputs } = await repeatUncertain(() =>
            noun.ensure(open(), withoutInternal(inputs) as never, previous, hold),
        );
        if (previous === undefined) {
            const thing = `${noun.kind} ${id}`;
            // two that are made at the same time may both have found nothing
            refuseDeclaredTwice(memory, thing, hold?.claim.resource);
            noteCreated(memory, thing);
        }
        noteDeclaration(asked, id, inputs);
        const keepNew = () =>
            repeatUncertain(() => keepMade(asked, id, held)).catch((error) => {
                throw new Unfinished({ id, outputs }, error);
            });
        const remembered = previous === undefined ? await keepNew() : kept;
        return { id, outs: completeOutputs({ ...(outputs as object), ...remembered }) };
    } catch (error) {
        if (!(error instanceof Unfinished)) throw error;
        const { id, outputs } = error.found;
        noteDeclaration(asked, id, inputs);
        throw new Unfinished({ id, outputs: { ...outputs, ...kept } }, error.cause);
    }
}

/** Creates the object, or adopts an existing one. */
export async function createObject(asked: NounInRun, inputs: Properties): Promise<EnsuredObject> {
    await refuseReadOnly(asked.open(), false);
    return ensureObject(asked, inputs, await repeatUncertain(() => holdNew(asked, inputs)));
}

/** Makes the object as declared. */
export async function updateObject(
    asked: NounInRun,
    id: string,
    olds: Properties,
    news: Properties,
): Promise<EnsuredObject> {
    await refuseReadOnly(asked.open(), false);
    // once, before the first attempt: a later change may be this operation's own
    await refuseMoved(asked.open(), asked.noun.kind, id);
    const held = await repeatUncertain(() => holdKnown(asked, id, olds, news));
    return ensureObject(asked, news, held, { id, outputs: withoutInternal(olds) as never });
}

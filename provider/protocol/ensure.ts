import { type Found, Unfinished } from "../nouns/noun";
import { refuseMoved } from "../protection/plan-expectations";
import { type Properties, withoutInternal } from "../run/properties";
import { completeOutputs } from "./complete-outputs";
import { noteDeclaration } from "./note-declaration";
import type { NounInRun } from "./noun-in-run";
import { repeatUncertain } from "./repeat-uncertain";

export interface EnsuredObject {
    id: string;
    outs: Properties;
}

async function ensureObject(asked: NounInRun, inputs: Properties, previous?: Found<never>): Promise<EnsuredObject> {
    const { noun, open } = asked;
    try {
        const { id, outputs } = await repeatUncertain(() =>
            noun.ensure(open(), withoutInternal(inputs) as never, previous),
        );
        noteDeclaration(asked, id, inputs);
        return { id, outs: completeOutputs(outputs) };
    } catch (error) {
        if (error instanceof Unfinished) noteDeclaration(asked, error.found.id, inputs);
        throw error;
    }
}

/** Creates the object, or adopts an existing one. */
export function createObject(asked: NounInRun, inputs: Properties): Promise<EnsuredObject> {
    return ensureObject(asked, inputs);
}

/** Makes the object as declared. */
export async function updateObject(
    asked: NounInRun,
    id: string,
    olds: Properties,
    news: Properties,
): Promise<EnsuredObject> {
    // once, before the first attempt: a later change may be this operation's own
    await refuseMoved(asked.open(), asked.noun.kind, id);
    return ensureObject(asked, news, { id, outputs: withoutInternal(olds) as never });
}

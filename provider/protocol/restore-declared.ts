import { noteStanding } from "../protection/standing-declarations";
import { type Properties, withoutInternal } from "../run/properties";
import { holdKnown } from "./hold-object";
import { listDeclaredThings } from "./note-declaration";
import type { NounInRun } from "./noun-in-run";

/**
 * Remembers how to make a thing again as an unchanged declaration says. An `up` may have changed the thing for another
 * resource and failed, and its edit was then taken back: the state still says of this declaration that it is carried
 * out, so that no comparison finds the difference.
 */
export function noteRestore(asked: NounInRun, id: string, inputs: Properties, olds: Properties): void {
    const { noun, memory, open } = asked;
    const things = listDeclaredThings(noun, id, inputs);
    noteStanding(memory, things, async ({ kind, outputs }) => {
        const session = open();
        const observed = await noun.observe(session, id, withoutInternal(olds) as never);
        if (observed?.inputs === undefined) return;
        const { hold } = await holdKnown(asked, id, olds, inputs);
        // what the leaving resource managed is what may be changed back
        const previous = kind === noun.kind ? { id, outputs: withoutInternal(outputs) as never } : undefined;
        await noun.ensure(session, withoutInternal(inputs) as never, previous, hold);
        session.tell(`${noun.kind} ${id} is as declared again: an operation that failed had changed it`);
    });
}

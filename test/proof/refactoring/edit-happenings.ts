import type { Choices } from "../../support/choices";
import { awaited } from "./awaited";
import { contentEdits } from "./content-edits";
import { listUnlisted } from "./declaration";
import type { Edit, Edited } from "./edit";
import { chooseFault } from "./fault";
import { applyProgram, type Disturbance, type Happening } from "./happening";
import type { Actor, History } from "./history";
import { hostnameEdits } from "./hostname-edits";
import { makeByHand } from "./make-by-hand";
import { structureEdits } from "./structure-edits";

const edits: Readonly<Record<string, Edit>> = { ...structureEdits, ...contentEdits, ...hostnameEdits };
const usable = Object.keys(edits).filter((name) => !awaited.includes(name));
const mostTries = 12;

/** Tries one kind of edit. Undefined when nothing in the program can be changed so. */
async function editOnce(history: History, actor: Actor, choices: Choices): Promise<Edited | undefined> {
    const name = choices.pick(...usable);
    const edited = edits[name]?.(actor.program, choices, history.fresh);
    if (edited === undefined) return undefined;
    if (edited.madeByHand !== undefined && !(await makeByHand(history, edited.madeByHand))) return undefined;
    history.ground.tally.count("edits", name);
    history.story.push(`${actor.name}: ${edited.words}`);
    actor.program = edited.program;
    return edited;
}

/** One edit or two at once, then an `up`. */
export const editProgram: Happening = async (history, actor, choices) => {
    let wanted = choices.below(3) === 0 ? 2 : 1;
    let disturbance: Disturbance | undefined;
    for (let tries = 0; tries < mostTries && wanted > 0; tries += 1) {
        const edited = await editOnce(history, actor, choices);
        if (edited === undefined) continue;
        // what somebody has made by hand is adopted before it is changed: a change needs consent
        const isAdopted = edited.madeByHand !== undefined;
        disturbance = isAdopted ? "passing" : "lasting";
        wanted = isAdopted ? 0 : wanted - 1;
    }
    if (disturbance === undefined) return false;
    await applyProgram(history, actor, choices, disturbance);
    return true;
};

/** `up --replace`: things are made again, or not, though nothing differs. */
export const replaceThings: Happening = async (history, actor, choices) => {
    const things = listUnlisted(actor.program);
    if (things.length === 0) return false;
    const names = [choices.pick(...things), choices.pick(...things)].map(({ name }) => name);
    history.story.push(`${actor.name}: replace ${names.join(", ")}`);
    const fault = chooseFault(choices, actor.opened.faults);
    await history.operate(actor, { how: "up", replace: names, fault });
    return true;
};

export const refreshState: Happening = async (history, actor) => {
    history.story.push(`${actor.name}: refresh`);
    await history.operate(actor, { how: "refresh" });
    return true;
};

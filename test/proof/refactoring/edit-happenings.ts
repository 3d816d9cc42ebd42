import type { Choices } from "../../support/choices";
import { awaited } from "./awaited";
import { contentEdits } from "./content-edits";
import { listUnlisted } from "./declaration";
import type { Edit } from "./edit";
import { chooseFault } from "./fault";
import { applyProgram, type Happening } from "./happening";
import type { Actor, History } from "./history";
import { hostnameEdits } from "./hostname-edits";
import { makeByHand } from "./make-by-hand";
import { structureEdits } from "./structure-edits";

const edits: Readonly<Record<string, Edit>> = { ...structureEdits, ...contentEdits, ...hostnameEdits };
const usable = Object.keys(edits).filter((name) => !awaited.includes(name));
const mostTries = 12;

/**
 * Edits that are applied before anything else is edited: what somebody has made by hand is adopted as it is, because a
 * change needs consent; an organization is known by its title, so that with another title and another resource it is
 * another one; and a hostname that moves cannot get another resource as well yet.
 */
const alone = new Set([
    "adopt",
    "adopt changed",
    "retitle",
    ...(awaited.includes("move domain and rename") ? Object.keys(hostnameEdits) : []),
]);

/** Edits a program. Returns the kind of the edit, or undefined when nothing in the program can be changed so. */
async function editOnce(
    history: History,
    actor: Actor,
    choices: Choices,
    names: readonly string[],
): Promise<string | undefined> {
    const name = choices.pick(...names);
    const edited = edits[name]?.(actor.program, choices, history.fresh);
    if (edited === undefined) return undefined;
    if (edited.madeByHand !== undefined && !(await makeByHand(history, edited.madeByHand))) return undefined;
    history.ground.tally.count("edits", name);
    history.story.push(`${actor.name}: ${edited.words}`);
    actor.program = edited.program;
    return name;
}

/** One edit or two at once, then an `up`. */
export const editProgram: Happening = async (history, actor, choices) => {
    const wanted = choices.below(3) === 0 ? 2 : 1;
    const done: string[] = [];
    for (let tries = 0; tries < mostTries && done.length < wanted; tries += 1) {
        // an operation that was cut off may have left the state of the edits before
        const isFirst = done.length === 0 && actor.program === actor.good;
        const name = await editOnce(
            history,
            actor,
            choices,
            usable.filter((each) => isFirst || !alone.has(each)),
        );
        if (name !== undefined) done.push(name);
        if (name !== undefined && alone.has(name)) break;
    }
    if (done.length === 0) return false;
    await applyProgram(history, actor, choices, done.some((name) => alone.has(name)) ? "passing" : "lasting");
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

import type { Choices } from "../../support/choices";
import { assertSettled } from "../../support/stack";
import { contentEdits } from "./content-edits";
import { listOf, listUnlisted } from "./declaration";
import type { Edit, Edited } from "./edit";
import { chooseFault } from "./fault";
import { generateProgram } from "./generate-program";
import { type Actor, type History, Violation } from "./history";
import { hostnameEdits } from "./hostname-edits";
import { makeByHand } from "./make-by-hand";
import { structureEdits } from "./structure-edits";

/**
 * Edits that today's provider does not carry out yet: they need claims, consent, identity and hostnames that hand over.
 * Empty the list when these are there.
 */
export const awaited: readonly string[] = [
    "adopt changed",
    "move domain to another site",
    "move domain and rename",
    "swap domains of two sites",
    "swap environments",
    "alias to site",
    "site to alias",
    "same sites in another stack",
    "another platform",
];

const edits: Readonly<Record<string, Edit>> = { ...structureEdits, ...contentEdits, ...hostnameEdits };

/** Something that happens to the stacks of a history. False when it cannot happen now. */
export type Happening = (history: History, actor: Actor, choices: Choices) => Promise<boolean>;

/** Applies the program of an actor. What is refused is tried once more, and then taken back. */
export async function apply(history: History, actor: Actor, choices: Choices, isCut: boolean): Promise<void> {
    const fault = isCut ? chooseFault(choices, actor.opened.faults) : undefined;
    const parallel = choices.pick(1, 8);
    const { good } = actor;
    const things = listUnlisted(actor.program);
    if (isCut && actor.opened.canTarget && things.length > 0 && choices.below(3) === 0) {
        const target = [choices.pick(...things), choices.pick(...things)].map(({ name }) => name);
        history.story.push(`${actor.name}: only ${target.join(", ")}`);
        await history.operate(actor, { how: "up", target });
    }
    let outcome = await history.operate(actor, { how: "up", fault, parallel });
    if (outcome === "cut" && choices.below(2) === 0) outcome = await history.operate(actor, { how: "up", parallel });
    if (outcome === "done" || outcome === "cut") return;
    if ((await history.operate(actor, { how: "up", parallel })) === "done") {
        history.ground.tally.count("refused", "done by the next up");
        return;
    }
    history.ground.tally.count("refused", "taken back");
    history.story.push("    taken back");
    actor.program = good;
    const back = await history.operate(actor, { how: "up", parallel });
    if (back !== "done") throw new Violation(`the program that was applied before is refused now: ${back}`);
}

function editOnce(history: History, { program }: Actor, choices: Choices): (Edited & { name: string }) | undefined {
    const names = Object.keys(edits).filter((name) => !awaited.includes(name));
    const name = choices.pick(...names);
    const edited = edits[name]?.(program, choices, history.fresh);
    return edited && { ...edited, name };
}

const edit: Happening = async (history, actor, choices) => {
    let changed = 0;
    for (let tries = 0; tries < 12 && changed < 1 + (choices.below(3) === 0 ? 1 : 0); tries += 1) {
        const edited = editOnce(history, actor, choices);
        if (edited === undefined) continue;
        if (edited.madeByHand !== undefined && !(await makeByHand(history, edited.madeByHand))) continue;
        changed += 1;
        history.ground.tally.count("edits", edited.name);
        history.story.push(`${actor.name}: ${edited.words}`);
        actor.program = edited.program;
    }
    if (changed === 0) return false;
    await apply(history, actor, choices, true);
    return true;
};

/** `up --replace`: things are made again, or not, though nothing differs. */
const replace: Happening = async (history, actor, choices) => {
    const things = listUnlisted(actor.program);
    if (things.length === 0) return false;
    const names = [choices.pick(...things), choices.pick(...things)].map(({ name }) => name);
    history.story.push(`${actor.name}: replace ${names.join(", ")}`);
    const fault = chooseFault(choices, actor.opened.faults);
    await history.operate(actor, { how: "up", replace: names, fault });
    return true;
};

const refresh: Happening = async (history, actor) => {
    history.story.push(`${actor.name}: refresh`);
    await history.operate(actor, { how: "refresh" });
    return true;
};

/** A colleague who is in one client, perhaps only to read, runs the whole program. */
const weakerToken: Happening = async (history, actor, choices) => {
    const people = listOf(actor.program, "membership").filter(({ email }) =>
        [...history.seen.values()].some(({ kind, name }) => kind === "membership" && name === email),
    );
    if (people.length === 0) return false;
    const { email } = choices.pick(...people);
    const token = await history.ground.platform.tokenFor(email);
    const how = choices.pick("refresh" as const, "up" as const, "preview" as const);
    history.story.push(`${actor.name}: ${how} by ${email}`);
    const wasSettled = actor.good === actor.program;
    await history.operate(actor, { how, token });
    if (wasSettled) await assertSettled(actor.opened.stack);
    return true;
};

/** A stack beside the first one, with clients of its own: it comes, is edited, or goes. */
function besides(actors: Actor[]): Happening {
    return async (history, first, choices) => {
        const other = actors.find((each) => each !== first);
        if (other === undefined) {
            const program = generateProgram(choices, history.fresh);
            const actor = await history.openActor("other", program);
            actors.push(actor);
            history.story.push("other: a stack with clients of its own");
            await apply(history, actor, choices, true);
        } else if (choices.below(2) === 0) return edit(history, other, choices);
        else {
            history.story.push("other: destroy");
            const fault = chooseFault(choices, other.opened.faults);
            const outcome = await history.operate(other, { how: "destroy", fault });
            if (outcome === "done") other.program = { declared: [], listed: {} };
        }
        return true;
    };
}

/** Everything that can happen, with its weight. */
export function listHappenings(actors: Actor[]): [string, number, Happening][] {
    return [
        ["edit", 14, edit],
        ["replace", 2, replace],
        ["refresh", 1, refresh],
        ["weaker token", 2, weakerToken],
        ["another stack", 2, besides(actors)],
    ];
}

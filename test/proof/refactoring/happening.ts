import type { Choices } from "../../support/choices";
import { listUnlisted } from "./declaration";
import { chooseFault } from "./fault";
import { type Actor, type History, type Outcome, Violation } from "./history";
import { locateDeclared } from "./locate-declared";
import { needsConsent } from "./refusal-code";

/** Something that happens to the stacks of a history. False when it cannot happen now. */
export type Happening = (history: History, actor: Actor, choices: Choices) => Promise<boolean>;

/** Sometimes applies only some resources of a program first. */
async function applySome(history: History, actor: Actor, choices: Choices): Promise<void> {
    const things = listUnlisted(actor.program);
    if (!actor.opened.canTarget || things.length === 0 || choices.below(3) > 0) return;
    const target = [choices.pick(...things), choices.pick(...things)].map(({ name }) => name);
    history.story.push(`${actor.name}: only ${target.join(", ")}`);
    await history.operate(actor, { how: "up", target });
}

/** Applies the program of an actor, who agrees to take over everything that it declares. */
async function consent(history: History, actor: Actor): Promise<Outcome> {
    const { stack } = actor.opened;
    history.story.push("    consented");
    const consented = new Set(locateDeclared(actor.program, history.seen).map(({ key }) => key));
    await stack.setConfig("section:adopt", "true");
    const outcome = await history.operate(actor, { how: "up", consented });
    await stack.setConfig("section:adopt", "false");
    return outcome;
}

/**
 * What may come between: nothing, a fault after which the next `up` follows at once, or one that is left as it is.
 */
export type Disturbance = "none" | "passing" | "lasting";

/** Applies the program of an actor. What is refused is tried once more, and then taken back. */
export async function applyProgram(
    history: History,
    actor: Actor,
    choices: Choices,
    disturbance: Disturbance = "lasting",
): Promise<void> {
    const fault = disturbance === "none" ? undefined : chooseFault(choices, actor.opened.faults);
    const parallel = choices.pick(1, 8);
    const { good } = actor;
    if (disturbance === "lasting") await applySome(history, actor, choices);
    let outcome = await history.operate(actor, { how: "up", fault, parallel });
    if (outcome === "cut" && (disturbance === "passing" || choices.below(2) === 0))
        outcome = await history.operate(actor, { how: "up", parallel });
    if (outcome === "done" || outcome === "cut") return;
    const again = await history.operate(actor, { how: "up", parallel });
    if (again === "done") return history.ground.tally.count("refused", "done by the next up");
    if (needsConsent.includes(again) && choices.below(2) === 0 && (await consent(history, actor)) === "done")
        return history.ground.tally.count("refused", "done with consent");
    history.ground.tally.count("refused", "taken back");
    history.story.push("    taken back");
    actor.program = good;
    const back = await history.operate(actor, { how: "up", parallel });
    if (back !== "done") throw new Violation(`the program that was applied before is refused now: ${back}`);
}

import { assertSettled } from "../../support/stack";
import { listOf } from "./declaration";
import { editProgram } from "./edit-happenings";
import { chooseFault } from "./fault";
import { generateProgram } from "./generate-program";
import { applyProgram, type Happening } from "./happening";
import { type Actor, Violation } from "./history";
import { lookAtPlatform } from "./look-at-platform";
import { makeByHand } from "./make-by-hand";

const nothing = { declared: [], listed: {} };
const isApplied = (actor: Actor) => actor.good === actor.program && actor.program.declared.length > 0;

/** A colleague who is in one client, perhaps only to read, runs the whole program. */
export const useWeakerToken: Happening = async (history, actor, choices) => {
    const members = new Set(
        [...history.seen.values()].filter(({ kind }) => kind === "membership").map(({ name }) => name),
    );
    const people = listOf(actor.program, "membership").filter(({ email }) => members.has(email));
    if (people.length === 0) return false;
    const { email } = choices.pick(...people);
    const token = await history.ground.platform.tokenFor(email);
    const how = choices.pick("refresh" as const, "up" as const, "preview" as const);
    history.story.push(`${actor.name}: ${how} by ${email}`);
    const wasApplied = isApplied(actor) && !actor.wasCut;
    await history.operate(actor, { how, environment: { SECTION_TOKEN: token }, mayBeRefused: true });
    if (wasApplied) await assertSettled(actor.opened.stack);
    return true;
};

/** A stack beside the first one, with clients of its own: it comes, is edited, or goes. */
export function useAnotherStack(actors: Actor[]): Happening {
    return async (history, first, choices) => {
        const other = actors.find((each) => each !== first);
        if (other === undefined) {
            const actor = await history.openActor("other", generateProgram(choices, history.fresh));
            actors.push(actor);
            history.story.push("other: a stack with clients of its own");
            await applyProgram(history, actor, choices);
            return true;
        }
        if (choices.below(2) === 0) return editProgram(history, other, choices);
        history.story.push("other: destroy");
        const fault = chooseFault(choices, other.opened.faults);
        const outcome = await history.operate(other, { how: "destroy", fault });
        if (outcome === "done") other.program = nothing;
        return true;
    };
}

/** Somebody makes a site by hand in an organization of the program, which never declares it. */
export const makeSiteByHand: Happening = async (history, actor, choices) => {
    const organizations = listOf(actor.program, "organization");
    if (organizations.length === 0) return false;
    const { title: organization } = choices.pick(...organizations);
    const hostname = history.fresh.hostname("hand");
    history.story.push(`by hand: ${hostname} of ${organization}`);
    return makeByHand(history, { kind: "application", name: "", organization, hostname, origin: "192.0.2.9" });
};

/** Somebody copies the project and runs it as another stack, without consent; then destroys that stack. */
export const declareTheSame: Happening = async (history, actor) => {
    if (!isApplied(actor)) return false;
    history.story.push("copy: a stack of the same program");
    const copy = await history.openActor("copy", actor.program);
    // what is the same is used without a claim: the log then shows whether the destroy deletes any of it
    await history.operate(copy, { how: "up", mayBeRefused: true });
    await history.operate(copy, { how: "destroy", mayBeRefused: true });
    await assertSettled(actor.opened.stack);
    return true;
};

/** The endpoint of another platform, where an organization has the same id and belongs to others. */
export const useAnotherPlatform: Happening = async (history, actor, choices) => {
    const organizations = [...history.seen.values()].filter(({ kind }) => kind === "organization");
    if (!isApplied(actor) || organizations.length === 0) return false;
    const elsewhere = await history.ground.elsewhere();
    const { organization } = choices.pick(...organizations);
    for (let id = 0; id < organization; )
        ({ id } = await elsewhere.api.must("POST", "/account", { name: "Elsewhere" }));
    const before = await lookAtPlatform(elsewhere.api);
    const how = choices.pick("refresh" as const, "up" as const, "destroy" as const);
    history.story.push(`${actor.name}: ${how} with another platform's endpoint`);
    const environment = { SECTION_ENDPOINT: elsewhere.url, SECTION_TOKEN: elsewhere.token };
    const outcome = await history.operate(actor, { how, environment, mayBeRefused: true });
    // an up without changes asks nothing, and so learns nothing
    if (outcome === "done" && how !== "up") throw new Violation(`${how} does not notice that it is another platform`);
    if (JSON.stringify([...before]) !== JSON.stringify([...(await lookAtPlatform(elsewhere.api))]))
        throw new Violation(`${how} changes another platform`);
    await assertSettled(actor.opened.stack);
    return true;
};

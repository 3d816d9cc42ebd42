import { assertSettled } from "../../support/stack";
import { describeProgram, production } from "./declaration";
import { generateProgram } from "./generate-program";
import { applyProgram } from "./happening";
import { listHappenings } from "./happenings";
import { type Actor, type Ground, History, Violation } from "./history";
import { findDifferent } from "./judge";
import { locateDeclared } from "./locate-declared";

const steps = 4;

/** How a sequence went wrong. */
export interface Failure {
    seed: number;
    /** The first program, and everything that was done then. */
    story: readonly string[];
    reason: string;
}

/** Things that a stack holds and its program does not declare. Some belong to others and stay with them. */
function findLeftOver(history: History, actors: readonly Actor[]): string[] {
    const { seen } = history;
    const declared = new Set(actors.flatMap(({ program }) => locateDeclared(program, seen).map(({ key }) => key)));
    return [...seen].flatMap(([key, { kind, name }]) => {
        if (declared.has(key) || history.holderOf(key) === "hand") return [];
        const comesAlong =
            name === history.fresh.owner || (kind === "environment" && name.startsWith(`${production} `));
        return comesAlong ? [] : [`${key} (${name})`];
    });
}

/** After the last `up` everything is as declared, nothing is left over, and nothing is to do. */
async function finish(history: History, actors: readonly Actor[], seed: number): Promise<void> {
    for (const actor of actors) {
        if (actor.needsRefresh) {
            history.ground.tally.count("refreshed", "after a kill in the middle of a delete");
            await history.operate(actor, { how: "refresh" });
        }
        history.story.push(`${actor.name}: the last up`);
        await applyProgram(history, actor, history.choicesOf(seed, 0), "none");
    }
    for (const { program, opened } of actors) {
        await opened.stack.refresh();
        await assertSettled(opened.stack);
        const different = findDifferent(program, history.seen);
        if (different.length > 0) throw new Violation(`not as declared: ${different.join("; ")}`);
    }
    const left = findLeftOver(history, actors);
    // a thing that was made just before a kill is in no state
    if (left.length === 0) return;
    if (actors.some(({ wasCut }) => wasCut)) for (const each of left) history.ground.tally.count("left over", each);
    else throw new Violation(`left over: ${left.join("; ")}`);
}

/**
 * Runs a random program and random edits, and judges each operation. The same seed does the same again.
 *
 * @param skipped steps to leave out, for finding those that matter
 */
export async function runSequence(
    ground: Ground,
    seed: number,
    label = `s${seed}`,
    skipped: ReadonlySet<number> = new Set(),
): Promise<Failure | undefined> {
    const history = await History.begin(ground, label);
    try {
        const choices = history.choicesOf(seed, 0);
        const actors: Actor[] = [await history.openActor("first", generateProgram(choices, history.fresh))];
        const [first] = actors as [Actor];
        history.story.push(...describeProgram(first.program));
        await applyProgram(history, first, choices, "none");
        const happenings = listHappenings(actors);
        for (let step = 1; step <= steps; step += 1) {
            if (skipped.has(step)) continue;
            const own = history.choicesOf(seed, step);
            for (let tries = 0; tries < 5; tries += 1) {
                const { name, happening } = own.pick(...happenings);
                if (!(await happening(history, first, own))) continue;
                ground.tally.count("happenings", name);
                break;
            }
        }
        await finish(history, actors, seed);
        return undefined;
    } catch (error) {
        return { seed, story: history.story, reason: (error as Error).message };
    } finally {
        await history.proxy.close();
    }
}

/** The same failure with as few steps as possible. */
export async function shrinkSequence(ground: Ground, failure: Failure): Promise<Failure> {
    let shortest = failure;
    const skipped = new Set<number>();
    for (let step = steps; step >= 1; step -= 1) {
        skipped.add(step);
        const again = await runSequence(ground, failure.seed, `s${failure.seed}-${step}`, skipped);
        if (again === undefined) skipped.delete(step);
        else shortest = again;
    }
    return shortest;
}

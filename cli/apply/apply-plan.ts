import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Expectations, refusalsFile, splitUrn } from "pulumi-section/internal";
import { isProblem, Problem } from "section-model";
import { attendQuickly } from "../engine/attend-quickly";
import { readCommandSettings } from "../engine/command-session";
import { lookAtStack, type StackLook } from "../engine/look-at-stack";
import { openPlan, type Plan, type SealedPlan } from "../plan/plan";
import { findPlanDifferences } from "../plan/plan-difference";
import { openPlanKey } from "../plan/plan-key";
import { sayPlannedSteps } from "../plan/report";
import { enginePlanFile, nameStack, type PlanScope, readVersions, takePlan } from "../plan/take-plan";
import { sayCount } from "../report/say-count";
import { findMovement } from "./find-movement";

/**
 * The result of applying a plan. `moved`: the lines say what moved. Steps that the engine had not begun were not
 * applied.
 */
export interface AppliedPlan {
    outcome: "applied" | "nothing" | "moved" | "failed";
    lines: string[];
    /** How to go on. */
    next?: string;
}

/** The line that makes another plan. */
export const planAgain = "pulumi-section plan --out plan.json";

const moved = (lines: string[]): AppliedPlan => ({ outcome: "moved", lines });

/** Differences of endpoint, stack and versions. They are compared before any request. */
async function findOtherPlace(
    { plan }: SealedPlan,
    { stack, cwd }: { stack: string; cwd?: string },
): Promise<string[]> {
    const { endpoint } = await readCommandSettings({ stack, cwd });
    const versions = await readVersions();
    const name = stack.split("/").pop() ?? stack;
    const here = { ...plan, endpoint, versions, stack: plan.stack.endsWith(`/${name}`) ? plan.stack : name };
    return findPlanDifferences(plan, here);
}

/** Opens a plan that is of this stack. Otherwise returns lines that say how it differs. */
export async function openForStack(
    sealed: SealedPlan,
    choice: { stack?: string },
    folder: string,
): Promise<{ scope: PlanScope; plan: Plan } | string[]> {
    const named = await nameStack(choice);
    const other = await findOtherPlace(sealed, named);
    if (other.length > 0) return other;
    const key = await openPlanKey(named, sealed.plan.key);
    const plan = openPlan(sealed, key);
    return { scope: { ...named, folder, key, encrypted: plan.key }, plan };
}

function expectationsOf({ steps }: Plan): Expectations {
    return Object.fromEntries(
        steps.flatMap(({ kind, id, platform }) =>
            id === undefined || platform === undefined ? [] : [[`${kind} ${id}`, platform]],
        ),
    );
}

export interface ApplyChoice {
    /** The stack, before it was put in order. */
    look: StackLook | undefined;
    /** The engine's words go to stderr. */
    isQuiet: boolean;
    /** The line that applies the same plan again. */
    again: string;
    /** Told how far an apply came that somebody stopped; the process ends right after it. */
    tell(applied: AppliedPlan): void;
}

/**
 * Runs `pulumi up` for the previewed changes only. The provider refuses a resource that moved since the plan was made.
 */
async function runUp(scope: PlanScope, plan: Plan, { look, isQuiet, again, tell }: ApplyChoice): Promise<AppliedPlan> {
    const { stack, cwd, folder } = scope;
    const expected = path.join(folder, "expected.json");
    await writeFile(expected, JSON.stringify(expectationsOf(plan)), { mode: 0o600 });
    const args = ["up", "--stack", stack, "--yes", "--skip-preview", "--plan", enginePlanFile(folder)];
    const [other] = plan.others;
    const code = await attendQuickly(look, args, {
        cwd,
        environment: { SECTION_EXPECTED: expected },
        output: isQuiet ? "stderr" : "stdout",
        ...(other && { foreign: splitUrn(other.urn) }),
        atStop: async () => tell({ outcome: "failed", ...(await sayStop(scope, plan, stoppedWords(again))) }),
    });
    if (code === 0) return { outcome: "applied", lines: [] };
    const refusals = await readFile(refusalsFile(expected), "utf8").catch(() => "");
    const lines = [...new Set(refusals.split("\n").filter((line) => line !== ""))];
    return lines.length > 0
        ? moved(lines)
        : { outcome: "failed", lines: [`pulumi up ${code === undefined ? "was killed" : `ended with code ${code}`}`] };
}

/** What is left of a plan after an apply that stopped. Undefined where no preview can tell. */
async function findLeft(scope: PlanScope, plan: Plan): Promise<Pick<Plan, "steps" | "others"> | undefined> {
    const orUnknown = (error: unknown) => {
        if (isProblem(error)) return undefined;
        throw error;
    };
    const look = await lookAtStack(scope).catch(orUnknown);
    if (look?.mark !== undefined) return undefined; // the state was not saved, and a preview would believe it
    const now = await takePlan(scope).catch(orUnknown);
    if (now === undefined) return undefined;
    const left = new Set([...now.steps, ...now.others].map(({ urn }) => urn));
    const isLeft = ({ urn }: { urn: string }) => left.has(urn);
    return { steps: plan.steps.filter(isLeft), others: plan.others.filter(isLeft) };
}

/** How to go on after an apply that stopped: nothing of the plan is applied, a part of it, or all. */
interface StopWords {
    nothing: string;
    part: string;
    all: string;
}

const failedWords: StopWords = {
    nothing: "correct what pulumi up says above, then apply the same plan again",
    part: `correct what pulumi up says above, then plan again: ${planAgain}`,
    all: `correct what pulumi up says above, then plan again: ${planAgain}`,
};

const stoppedWords = (again: string): StopWords => ({
    nothing: `stopped. To go on, apply the same plan: ${again}`,
    part: `stopped. To go on, plan what is left, and review it: ${planAgain}`,
    all: "stopped after the last step: nothing is left to do",
});

/** Says how far an apply came that stopped, and how to go on. */
async function sayStop(scope: PlanScope, plan: Plan, words: StopWords): Promise<Pick<AppliedPlan, "lines" | "next">> {
    const left = await findLeft(scope, plan);
    if (left === undefined) return { lines: ["it is not known yet which steps are applied"], next: words.part };
    const [all, still] = [plan, left].map(({ steps, others }) => steps.length + others.length) as [number, number];
    const count = `${all - still} of ${sayCount(all, "step")} applied`;
    if (still === 0) return { lines: [count], next: words.all };
    return {
        lines: [`${count}. Left:`, ...sayPlannedSteps({ ...plan, ...left }).split("\n")],
        next: still < all ? words.part : words.nothing,
    };
}

/** Finds differences from a plan: on the platform and in the stack first, then in the program. */
export async function findAllDifferences(scope: PlanScope, plan: Plan): Promise<string[]> {
    const movement = await findMovement(plan, scope.key, scope);
    return movement.length > 0 ? movement : findPlanDifferences(plan, await takePlan(scope));
}

/** Applies a plan, for a caller that found no movement, then checks that nothing is left to do. */
export async function applyPlan(scope: PlanScope, plan: Plan, choice: ApplyChoice): Promise<AppliedPlan> {
    const applied = await runUp(scope, plan, choice);
    if (applied.outcome === "moved")
        return { ...applied, next: `pulumi up says above what it applied; review the rest: ${planAgain}` };
    if (applied.outcome === "failed") {
        const { lines, next } = await sayStop(scope, plan, failedWords);
        return { ...applied, lines: [...applied.lines, ...lines], next };
    }
    const left = await takePlan(scope);
    const count = left.steps.length + left.others.length;
    if (count === 0) return { outcome: "applied", lines: ["applied as planned; the preview is empty"] };
    throw new Problem("invalid-input", `the plan is applied, but the next preview has ${count} more to do`, {
        remedy: `Plan again and review what is left: ${planAgain}`,
    });
}

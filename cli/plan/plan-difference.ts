import { classNameOf, isSame, nameOfUrn, printableLine, type ResourceKind } from "pulumi-section/internal";
import type { Plan, PlannedChange, PlannedStep } from "./plan";

/** The parts of a plan that are compared. */
export type Comparable = Pick<Plan, "steps" | "others" | "versions" | "endpoint" | "stack">;

const sayStep = ({ urn, kind }: PlannedStep) => `${classNameOf(kind as ResourceKind)} ${nameOfUrn(urn)}`;
const sayValue = (value: unknown) =>
    value === undefined ? "nothing" : typeof value === "string" ? value : JSON.stringify(value);
const sayChange = (change: PlannedChange | undefined) =>
    change === undefined
        ? "no change"
        : "to" in change
          ? `${sayValue(change.from)} -> ${sayValue(change.to)}`
          : `${sayValue(change.from)} -> nothing`;

function namesOf(one: object, other: object): string[] {
    return Object.keys({ ...one, ...other }).sort();
}

function compareStep(planned: PlannedStep, now: PlannedStep): string[] {
    const subject = sayStep(planned);
    const changes = namesOf(planned.changes, now.changes)
        .filter((path) => !isSame(planned.changes[path], now.changes[path]))
        .map(
            (path) =>
                `${subject}: ${path} was reviewed as ${sayChange(planned.changes[path])}, and is ${sayChange(now.changes[path])} now`,
        );
    const [before = {}, after = {}] = [planned.secrets, now.secrets];
    const secrets = namesOf(before, after)
        .filter((path) => before[path] !== after[path])
        .map((path) => `${subject}: the secret ${path} is another one`);
    const state =
        planned.state === now.state
            ? []
            : [`${subject}: its state in the stack changed: an up, refresh or import ran in between`];
    return [...changes, ...secrets, ...state];
}

function compareSteps(planned: readonly PlannedStep[], now: readonly PlannedStep[]): string[] {
    const lines: string[] = [];
    const urns = [...new Set([...planned, ...now].map(({ urn }) => urn))].sort();
    for (const urn of urns) {
        const [before, after] = [planned, now].map((steps) => steps.filter((step) => step.urn === urn)) as [
            PlannedStep[],
            PlannedStep[],
        ];
        const [one, other] = [before, after].map((steps) => steps.map(({ op }) => op).join(", "));
        if (after.length === 0)
            lines.push(
                `${sayStep(before[0] as PlannedStep)}: ${one} was reviewed, and there is nothing to do any more`,
            );
        else if (before.length === 0) lines.push(`${sayStep(after[0] as PlannedStep)}: ${other} was not reviewed`);
        else if (one !== other)
            lines.push(`${sayStep(before[0] as PlannedStep)}: ${one} was reviewed, and it is ${other} now`);
        else lines.push(...before.flatMap((step, index) => compareStep(step, after[index] as PlannedStep)));
    }
    return lines;
}

/** A line for each difference from the reviewed plan. Does not compare the platform. */
export function findPlanDifferences(planned: Comparable, now: Comparable): string[] {
    const places = (["endpoint", "stack"] as const)
        .filter((key) => planned[key] !== now[key])
        .map((key) => `${key}: the plan is for ${planned[key]}, this is ${now[key]}`);
    const versions = namesOf(planned.versions, now.versions)
        .filter((name) => planned.versions[name] !== now.versions[name])
        .map(
            (name) =>
                `${name}: planned by ${planned.versions[name] ?? "none"}, this is ${now.versions[name] ?? "none"}`,
        );
    const key = ({ urn, op }: Plan["others"][number]) => `${nameOfUrn(urn)}: ${op}`;
    const [before, after] = [planned.others.map(key), now.others.map(key)];
    const others = [
        ...before
            .filter((each) => !after.includes(each))
            .map((each) => `${each} was reviewed, and there is no such step any more`),
        ...after.filter((each) => !before.includes(each)).map((each) => `${each} was not reviewed`),
    ];
    return [...places, ...versions, ...compareSteps(planned.steps, now.steps), ...others].map(printableLine);
}

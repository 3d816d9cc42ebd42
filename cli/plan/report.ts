import { nameOfUrn, printable } from "pulumi-section/internal";
import type { Plan, PlannedStep } from "./plan";

function sayStep({ op, urn, kind, id, changes, secrets = {} }: PlannedStep): string {
    const paths = [...new Set([...Object.keys(changes), ...Object.keys(secrets)])].sort();
    const thing = [kind, nameOfUrn(urn), id && `(${id})`].filter(Boolean).join(" ");
    return `  ${op} ${thing}${paths.length === 0 ? "" : `: ${paths.join(", ")}`}`;
}

/** The steps of a plan, a line for each. */
export function sayPlannedSteps({ steps, others }: Plan): string {
    return printable([...steps.map(sayStep), ...others.map(({ urn, op }) => `  ${op} ${nameOfUrn(urn)}`)].join("\n"));
}

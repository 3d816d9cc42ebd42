import type { Command } from "commander";
import { printable } from "pulumi-section/internal";
import { nameOfUrn } from "../engine/urn";
import { withWorkFolder } from "../engine/work-folder";
import { sayCount } from "../report/say-count";
import { writeText } from "../terminal/write-text";
import { type Plan, type PlannedStep, writePlan } from "./plan";
import { makePlanKey } from "./plan-key";
import { nameStack, takePlan } from "./take-plan";

interface PlanOptions {
    out: string;
    stack?: string;
    json?: boolean;
}

const changed = 2;

function sayStep({ op, urn, kind, id, changes, secrets = {} }: PlannedStep): string {
    const paths = [...new Set([...Object.keys(changes), ...Object.keys(secrets)])].sort();
    return `  ${op} ${[kind, nameOfUrn(urn), id && `(${id})`].filter(Boolean).join(" ")}${paths.length === 0 ? "" : `: ${paths.join(", ")}`}`;
}

/** The steps of a plan, a line for each. */
export function sayPlannedSteps({ steps, others }: Plan): string {
    return printable([...steps.map(sayStep), ...others.map(({ urn, op }) => `  ${op} ${nameOfUrn(urn)}`)].join("\n"));
}

/** `pulumi-section plan`: what an apply would do and to what, to be reviewed and then applied as it is. */
export function addCommand(program: Command): void {
    program
        .command("plan")
        .description("write down what would be done, and to what as it is now; nothing changes")
        .option("--out <file>", "where to write it", "plan.json")
        .option("--stack <name>", "the stack to plan for. Default: the one that is selected in this folder")
        .option("--json", "print the plan, too")
        .addHelpText(
            "after",
            `
Exit code 0: there is nothing to do, 2: there are changes, 1: failed. No secret stands in the file.

Examples:
  $ pulumi-section plan --out plan.json
  $ pulumi-section plan --stack production --json | jq '.steps[].urn'`,
        )
        .action(async ({ out, stack, json }: PlanOptions) => {
            const named = await nameStack({ stack });
            const { key, encrypted } = await makePlanKey(named);
            const plan = await withWorkFolder((folder) => takePlan({ ...named, folder, key, encrypted }));
            const text = writePlan(plan, key);
            await writeText(out, text);
            const count = plan.steps.length + plan.others.length;
            if (json) process.stdout.write(text);
            else if (count === 0) process.stdout.write(`nothing to do; written to ${out}\n`);
            else
                process.stdout.write(
                    `${sayPlannedSteps(plan)}\n${sayCount(count, "step")}, written to ${out}. To apply: pulumi-section apply --plan ${out}\n`,
                );
            process.exitCode = count === 0 ? 0 : changed;
        });
}

import type { Command } from "commander";
import { withWorkFolder } from "../engine/work-folder";
import { sayCount } from "../report/say-count";
import { sayShellLine } from "../terminal/shell-line";
import { writeText } from "../terminal/write-text";
import { writePlan } from "./plan";
import { makePlanKey } from "./plan-key";
import { sayPlannedSteps } from "./report";
import { nameStack, takePlan } from "./take-plan";

interface PlanOptions {
    out: string;
    stack?: string;
    json?: boolean;
}

const changed = 2;

/** The line that applies a plan. */
function sayApply(out: string, stack: string | undefined): string {
    const at = stack === undefined ? [] : ["--stack", stack];
    return sayShellLine(["pulumi-section", "apply", "--plan", out, ...at]);
}

/** `pulumi-section plan`: writes the changes that an apply would make, to be reviewed and then applied as they are. */
export function addCommand(program: Command): void {
    program
        .command("plan")
        .description("write the changes into a file, with the present state of the things to change; change nothing")
        .option("--out <file>", "where to write it", "plan.json")
        .option("--stack <name>", "the stack to plan for. Default: the one that is selected in this folder")
        .option("--json", "print the plan, too, as one JSON document")
        .addHelpText(
            "after",
            `
Exit code 0: there is nothing to do, 2: there are changes, and the plan is written; 1: failed. So a shell does not go on
after && where there are changes: write; in its place, or test for 2. The file has no secret.

Examples:
  $ pulumi-section plan --out plan.json
  $ pulumi-section plan --stack production --json | jq '.steps[].urn'
  $ pulumi-section plan --out plan.json || [ $? -eq 2 ]`,
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
                    `${sayPlannedSteps(plan)}\n${sayCount(count, "step")}, written to ${out}. To apply: ${sayApply(out, stack)}\n`,
                );
            process.exitCode = count === 0 ? 0 : changed;
        });
}

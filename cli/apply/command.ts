import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { Problem } from "section-model";
import { lookAtStack } from "../engine/look-at-stack";
import { recoverStack } from "../engine/recover-stack";
import { withWorkFolder } from "../engine/work-folder";
import { type Plan, readPlan } from "../plan/plan";
import { sayPlannedSteps } from "../plan/report";
import { sayCount } from "../report/say-count";
import { askYes, requireTerminal } from "../terminal/ask";
import { sayShellLine } from "../terminal/shell-line";
import { type AppliedPlan, applyPlan, findAllDifferences, openForStack, planAgain } from "./apply-plan";

interface ApplyOptions {
    plan: string;
    stack?: string;
    yes?: boolean;
    json?: boolean;
}

const codes: Readonly<Record<AppliedPlan["outcome"], number>> = { applied: 0, nothing: 0, failed: 1, moved: 3 };
const oldDays = 7;
const dayMs = 86_400_000;

async function readPlanFile(file: string): Promise<string> {
    return readFile(file, "utf8").catch((cause) => {
        throw new Problem("invalid-input", `${file} cannot be read: ${(cause as Error).message}`, {
            remedy: "Write one with: pulumi-section plan --out plan.json",
            cause,
        });
    });
}

function warnOfAge({ at }: Plan): void {
    const days = Math.floor((Date.now() - Date.parse(at)) / dayMs);
    if (days >= oldDays) process.stderr.write(`the plan is ${days} days old\n`);
}

async function confirm(plan: Plan): Promise<boolean> {
    requireTerminal("apply the plan");
    process.stderr.write(`${sayPlannedSteps(plan)}\n`);
    return askYes(
        `Apply ${sayCount(plan.steps.length + plan.others.length, "step")}, planned ${plan.at} by ${plan.by}? [y/N] `,
    );
}

function tellOutcome({ outcome, lines, next }: AppliedPlan, { json }: ApplyOptions): void {
    const title = outcome === "moved" ? ["moved since it was planned:"] : [];
    const words = lines.map((line) => (outcome === "moved" ? `  ${line}` : line));
    const shown = [...title, ...words, ...(next === undefined ? [] : [next])].join("\n");
    const document = JSON.stringify({ outcome, lines, next }, undefined, 4);
    process.stdout.write(json ? `${document}\n` : `${shown}\n`);
    process.exitCode = codes[outcome];
}

async function apply(options: ApplyOptions): Promise<AppliedPlan> {
    const { plan: file, stack, yes, json } = options;
    const sealed = readPlan(await readPlanFile(file));
    const next = `nothing was applied; review what is to do now: ${planAgain}`;
    return withWorkFolder(async (folder): Promise<AppliedPlan> => {
        const opened = await openForStack(sealed, { stack }, folder);
        if (Array.isArray(opened)) return { outcome: "moved", lines: opened, next };
        const { scope, plan } = opened;
        warnOfAge(plan);
        const look = await lookAtStack(scope);
        await recoverStack(look, json ? "stderr" : "stdout");
        const differences = await findAllDifferences(scope, plan);
        if (differences.length > 0) return { outcome: "moved", lines: differences, next };
        if (plan.steps.length + plan.others.length === 0) return { outcome: "nothing", lines: ["nothing to do"] };
        if (!yes && !(await confirm(plan))) return { outcome: "nothing", lines: ["nothing was applied"] };
        const words = ["pulumi-section", "apply", "--plan", file, ...(stack === undefined ? [] : ["--stack", stack])];
        const again = sayShellLine(words);
        return applyPlan(scope, plan, {
            look,
            isQuiet: json === true,
            again,
            tell: (each) => tellOutcome(each, options),
        });
    });
}

/** `pulumi-section apply`: applies a reviewed plan and nothing else, or says what moved since. */
export function addCommand(program: Command): void {
    program
        .command("apply")
        .description("make the changes of a plan as they were reviewed; stop if anything changed since")
        .requiredOption("--plan <file>", "the file that pulumi-section plan wrote")
        .option("--stack <name>", "the stack that was planned for. Default: the one that is selected in this folder")
        .option("--yes", "apply without asking")
        .option("--json", "the outcome as one JSON document; the engine writes to stderr")
        .addHelpText(
            "after",
            `
Exit code 0: applied, or nothing to do, 1: failed, 3: something changed since it was planned; the output says what.

Examples:
  $ pulumi-section apply --plan plan.json
  $ pulumi-section apply --plan plan.json --yes --json`,
        )
        .action(async (options: ApplyOptions) => tellOutcome(await apply(options), options));
}

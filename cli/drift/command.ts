import { type Command, Option } from "commander";
import { attendEngine } from "../engine/engine";
import { stackArguments } from "../engine/stack-config";
import { sayAbsorption } from "./absorb";
import { type Drift, findDrift } from "./find-drift";
import { driftToJson, sayDriftReport } from "./report";

interface DriftOptions {
    stack?: string;
    json?: boolean;
    absorb?: boolean;
    revert?: boolean;
    yes?: boolean;
}

const drifted = 2;
const failed = 1;

function say(text: string): void {
    process.stdout.write(`${text}\n`);
}

function codeOf({ findings, failures }: Drift): number {
    if (failures.length > 0) return failed;
    return findings.length > 0 ? drifted : 0;
}

/** Applies the program to the drifted resources, and looks again. */
async function revert({ findings }: Drift, { stack, yes }: DriftOptions): Promise<number> {
    const targets = findings.flatMap(({ resource }) => ["--target", resource.urn]);
    const code = await attendEngine([
        "up",
        "--refresh",
        ...stackArguments({ stack }),
        ...(yes ? ["--yes"] : []),
        ...targets,
    ]);
    if (code !== 0) return failed;
    const left = await findDrift({ stack });
    say(sayDriftReport(left));
    return codeOf(left);
}

/** `pulumi-section drift`: shows the drift and its authors, and reverts or absorbs it. */
export function addCommand(program: Command): void {
    program
        .command("drift")
        .description("say what is not as the stack declared it: what, who, when, by which commit or request")
        .option("--stack <name>", "the stack to look at. Default: the one that is selected in this folder")
        .option("--json", "as one JSON document")
        .addOption(
            new Option("--absorb", "print the change of the program that declares what was found").conflicts([
                "json",
                "revert",
            ]),
        )
        .addOption(
            new Option("--revert", "apply the program to what drifted, by `pulumi up`, then look again").conflicts([
                "json",
            ]),
        )
        .option("--yes", "with --revert: without asking")
        .addHelpText(
            "after",
            `
Exit code 0: nothing drifted, 2: something did, 1: failed, or not everything could be looked at.

Examples:
  $ pulumi-section drift
  $ pulumi-section drift --stack production --json
  $ pulumi-section drift --absorb
  $ pulumi-section drift --revert --yes`,
        )
        .action(async (options: DriftOptions) => {
            const { stack, json, absorb } = options;
            const drift = await findDrift({ stack });
            if (json) say(JSON.stringify(driftToJson(drift), undefined, 4));
            else if (!absorb || drift.findings.length === 0) say(sayDriftReport(drift));
            else say(await sayAbsorption(drift, process.cwd()));
            process.exitCode =
                options.revert && drift.findings.length > 0 ? await revert(drift, options) : codeOf(drift);
        });
}

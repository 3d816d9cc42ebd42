import { type Command, Option } from "commander";
import { Problem } from "section-model";
import { attendQuickly } from "../engine/attend-quickly";
import { lookAtStack } from "../engine/look-at-stack";
import { stackArguments } from "../engine/stack-config";
import { sayCount } from "../report/say-count";
import { askYes, requireTerminal } from "../terminal/ask";
import { absorbDrift } from "./absorb";
import { type Drift, findDrift } from "./find-drift";
import { withoutHeld } from "./find-left";
import { refuseTooManyLeft } from "./refuse-too-many-left";
import { driftToJson, sayDriftReport } from "./report";
import { settleLeft, type WayToSettle, waysToSettle } from "./settle-left";

interface DriftOptions {
    stack?: string;
    json?: boolean;
    absorb?: boolean;
    revert?: boolean;
    left?: WayToSettle;
    yes?: boolean;
}

const drifted = 2;
const failed = 1;

function say(text: string): void {
    process.stdout.write(`${text}\n`);
}

function codeOf({ findings, failures, left }: Drift): number {
    if (failures.length > 0) return failed;
    return findings.length + left.length > 0 ? drifted : 0;
}

/** Looks once more, after a change, and says what is left of the drift. */
async function lookAgain({ stack }: DriftOptions): Promise<number> {
    const now = await findDrift({ stack });
    say(sayDriftReport(now));
    return codeOf(now);
}

/** Without a resource in the state nothing shows that it is the right one, so that somebody has to look. */
async function confirm(way: WayToSettle, { state, left }: Drift, { yes }: DriftOptions): Promise<boolean> {
    const isKnown = state.resources.length > 0;
    if (yes && isKnown) return true;
    if (!isKnown && !process.stdin.isTTY)
        throw new Problem("invalid-input", "the state has no resource at all", {
            remedy: "Check with pulumi whoami --verbose that this is the right backend, and answer on a terminal: --yes does not count here",
        });
    requireTerminal("do it");
    const deed = way === "remove" ? "Delete" : "Give up the claims to";
    return askYes(`${deed} ${sayCount(withoutHeld(left).length, "thing")}, while no up of this stack runs? [y/N] `);
}

/** Deletes or releases what is left, and looks again. */
async function settle(way: WayToSettle, drift: Drift, options: DriftOptions): Promise<number> {
    if (way === "remove") refuseTooManyLeft(drift.left);
    const isAnyLeft = withoutHeld(drift.left).length > 0;
    if (isAnyLeft && !(await confirm(way, drift, options))) return codeOf(drift);
    await settleLeft(way, drift.left, say);
    return lookAgain(options);
}

/** Applies the program to the drifted resources, and looks again. */
async function revert({ findings }: Drift, options: DriftOptions): Promise<number> {
    const { stack, yes } = options;
    const targets = findings.flatMap(({ resource }) => ["--target", resource.urn]);
    const words = ["up", "--refresh", ...stackArguments({ stack }), ...(yes ? ["--yes"] : []), ...targets];
    const code = await attendQuickly(await lookAtStack({ stack }), words, { output: "stdout" });
    return code === 0 ? lookAgain(options) : failed;
}

/** `pulumi-section drift`: shows the drift and its authors, and reverts or absorbs it. */
export function addCommand(program: Command): void {
    program
        .command("drift")
        .description(
            "list the things that are not as the stack declared them: what changed, who changed it, when, by which commit or request",
        )
        .option("--stack <name>", "the stack to look at. Default: the one that is selected in this folder")
        .option("--json", "the answer as one JSON document")
        .addOption(
            new Option(
                "--absorb",
                "write what was found into the lists of clients, and print the other changes of the program",
            ).conflicts(["json", "revert"]),
        )
        .addOption(
            new Option("--revert", "apply the program to what drifted, by `pulumi up`, then look again").conflicts([
                "json",
            ]),
        )
        .addOption(
            new Option(
                "--left <how>",
                "remove things that the stack claimed and that its state does not have, or release them; then look again",
            )
                .choices(waysToSettle)
                .conflicts(["json", "absorb", "revert"]),
        )
        .option("--yes", "with --revert or --left: without asking")
        .addHelpText(
            "after",
            `
Exit code 0: nothing drifted, 2: something did or is left, 1: failed, or not everything could be looked at.

Examples:
  $ pulumi-section drift
  $ pulumi-section drift --stack production --json
  $ pulumi-section drift --absorb
  $ pulumi-section drift --revert --yes
  $ pulumi-section drift --left remove`,
        )
        .action(async (options: DriftOptions) => {
            const { stack, json, absorb } = options;
            const drift = await findDrift({ stack });
            if (json) say(JSON.stringify(driftToJson(drift), undefined, 4));
            else if (!absorb || drift.findings.length + drift.left.length === 0) say(sayDriftReport(drift));
            else say(await absorbDrift(drift, process.cwd()));
            const { revert: isReverted, left: way } = options;
            if (isReverted && drift.findings.length > 0) process.exitCode = await revert(drift, options);
            else if (way !== undefined && drift.left.length > 0) process.exitCode = await settle(way, drift, options);
            else process.exitCode = codeOf(drift);
        });
}

import type { Command } from "commander";
import { leftToJson } from "../drift/left-report";
import { addEngineOptions, engineWords } from "./engine-options";
import { runUp, type UpOutcome } from "./run-up";

interface UpOptions {
    stack?: string;
    cwd?: string;
    yes?: boolean;
    json?: boolean;
}

const failed = 1;
const somethingLeft = 2;

function codeOf({ outcome, left }: UpOutcome): number {
    if (outcome !== "applied") return failed;
    return left.length > 0 ? somethingLeft : 0;
}

/** `pulumi-section up`: `pulumi up` that saves the state once, and goes on by itself after a kill. */
export function addCommand(program: Command): void {
    const command = program
        .command("up")
        .description(
            "pulumi up for many sites: it saves the state once, at its end, and goes on by itself after a kill",
        )
        .argument("[options...]", "any other option of pulumi up")
        .allowUnknownOption();
    addEngineOptions(command)
        .option("--json", "the outcome as one JSON document; the engine writes to stderr")
        .addHelpText(
            "after",
            `
If the stack has things that cannot be found again without its state, such as resources of other providers, the
command saves the state after each step, as pulumi up does, and says so.

Exit code 0: applied, 2: applied, and a killed up has left something, 1: failed.

Examples:
  $ pulumi-section up
  $ pulumi-section up --stack production --yes --skip-preview
  $ pulumi-section up --target 'urn:pulumi:production::estate::**::www' --diff`,
        )
        .action(async (rest: string[], { stack, cwd, yes, json }: UpOptions) => {
            const words = [...engineWords(command), ...rest];
            const asks = process.stdin.isTTY === true && !yes && !json;
            const ended = await runUp({ stack, cwd, words, asks, output: json ? "stderr" : "stdout" });
            const { outcome, left } = ended;
            if (json) process.stdout.write(`${JSON.stringify({ outcome, left: leftToJson(left) }, undefined, 4)}\n`);
            process.exitCode = codeOf(ended);
        });
}

import { type Command, Option } from "commander";
import type { Way } from "pulumi-section/internal";
import { sayCount } from "../report/say-count";
import { askYes, requireTerminal } from "../terminal/ask";
import { carryOut, type PlannedConversion, planConversion } from "./convert-stack";
import { conversionToJson, countConverted, isDone, sayConverted, sayPlanned } from "./report";

interface ConvertOptions {
    to: Way;
    stack?: string;
    yes?: boolean;
    json?: boolean;
}

function say(text: string): void {
    process.stdout.write(`${text}\n`);
}

async function confirm(planned: PlannedConversion): Promise<boolean> {
    process.stderr.write(`${sayPlanned(planned)}\n`);
    requireTerminal("convert");
    const resources = sayCount(countConverted(planned), "resource");
    return askYes(`Convert ${resources}, while nothing else works with the stack? [y/N] `);
}

async function convert({ to, stack, yes, json }: ConvertOptions): Promise<void> {
    const planned = await planConversion({ stack }, to);
    const isAgreed = yes || isDone(planned) || (await confirm(planned));
    const converted = isAgreed ? await carryOut(planned) : undefined;
    if (json) say(JSON.stringify(conversionToJson(planned, converted), undefined, 4));
    else say(converted === undefined ? "nothing was converted" : sayConverted(planned, converted));
}

/** `pulumi-section convert`: makes a stack's resources those of the plugin, or dynamic resources again. */
export function addCommand(program: Command): void {
    program
        .command("convert")
        .description(
            "convert dynamic resources of the state to those of the plugin, or back; the platform stays as it is",
        )
        .addOption(
            new Option("--to <way>", "the kind of resources that the program declares from now on")
                .choices(["plugin", "dynamic"])
                .makeOptionMandatory(),
        )
        .option("--stack <name>", "the stack to convert. Default: the one that is selected in this folder")
        .option("--yes", "convert without asking")
        .option("--json", "the outcome as one JSON document")
        .addHelpText(
            "after",
            `
The command saves the old state in a file beside the program and converts the state of the stack. It sets section:plugin
in the config of the stack, so that the same TypeScript program declares the other kind. The next preview is empty.

Examples:
  $ pulumi-section convert --to plugin
  $ pulumi-section convert --to dynamic --stack production --yes`,
        )
        .action(convert);
}

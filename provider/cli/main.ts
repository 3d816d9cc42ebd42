import { Command } from "commander";
import { addAccess } from "./access";
import { addAdopt } from "./adopt";
import { addApply } from "./apply";
import { addCompletion } from "./completion";
import { addDrift } from "./drift";
import { addEstate } from "./estate";
import { addExport } from "./export";
import { endWith, failurePrefix } from "./failure";
import { addGoLive } from "./golive";
import { endOnInterrupt, endWithReader } from "./interrupt";
import { addNext } from "./next";
import { addPlan } from "./plan";
import { addRehearse } from "./rehearse";
import { addReview } from "./review";
import { version } from "./version";
import { addWaves } from "./waves";
import { addWhoami } from "./whoami";

type Purpose = "Look:" | "Review a change:" | "Change:" | "Take over what exists:" | "The command itself:";

/** Every command, with what one wants to do by it. */
const commands: readonly [add: (program: Command) => void, purpose: Purpose][] = [
    [addNext, "Look:"],
    [addWhoami, "Look:"],
    [addDrift, "Look:"],
    [addEstate, "Look:"],
    [addAccess, "Look:"],
    [addGoLive, "Look:"],
    [addReview, "Review a change:"],
    [addPlan, "Review a change:"],
    [addRehearse, "Review a change:"],
    [addApply, "Change:"],
    [addWaves, "Change:"],
    [addExport, "Take over what exists:"],
    [addAdopt, "Take over what exists:"],
    [addCompletion, "The command itself:"],
];

export function makeProgram(): Command {
    const program = new Command("pulumi-section")
        .description("Looks at the sites that Pulumi keeps on the Section platform.")
        .version(version)
        .enablePositionalOptions() // --json belongs to the command that it follows
        .exitOverride()
        .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, failurePrefix())) })
        .showHelpAfterError("--help says how it is used, with examples.");
    program
        .commandsGroup("The command itself:" satisfies Purpose)
        .helpCommand("help [command]", "say how a command is used");
    for (const [add, purpose] of commands) {
        const count = program.commands.length;
        add(program);
        for (const command of program.commands.slice(count)) command.helpGroup(purpose);
    }
    return program;
}

/** Runs the `pulumi-section` command. Expected failures are a few lines on stderr and exit code 1. */
export async function main(argv: readonly string[]): Promise<void> {
    endOnInterrupt();
    endWithReader();
    try {
        await makeProgram().parseAsync(argv.length > 2 ? [...argv] : [...argv, "next"]);
    } catch (error) {
        endWith(error, { isJson: argv.includes("--json") });
    }
}

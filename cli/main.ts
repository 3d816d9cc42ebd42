import { Command } from "commander";
import { addAccess } from "./access/command";
import { addAdopt } from "./adopt/command";
import { addApply } from "./apply/command";
import { addCompletion } from "./completion/command";
import { addDrift } from "./drift/command";
import { endOnInterrupt, endWithReader } from "./engine/interrupt";
import { addEstate } from "./estate/command";
import { addExport } from "./export/command";
import { addGoLive } from "./golive/command";
import { addNext } from "./next/command";
import { addPlan } from "./plan/command";
import { addRehearse } from "./rehearse/command";
import { addReview } from "./review/command";
import { endWith, failurePrefix } from "./terminal/failure";
import { version } from "./version";
import { addWaves } from "./waves/command";
import { addWhoami } from "./whoami/command";

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

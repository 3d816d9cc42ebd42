import { Command } from "commander";
import { endOnInterrupt, endWithReader } from "./engine/interrupt";
import { endWith, failurePrefix } from "./terminal/failure";
import { version } from "./version";

type Purpose = "Look:" | "Review a change:" | "Change:" | "Take over what exists:" | "The command itself:";

/** Every command by its folder, with its purpose. */
const commands: Readonly<Record<string, Purpose>> = {
    next: "Look:",
    whoami: "Look:",
    drift: "Look:",
    estate: "Look:",
    access: "Look:",
    history: "Look:",
    golive: "Look:",
    review: "Review a change:",
    plan: "Review a change:",
    rehearse: "Review a change:",
    up: "Change:",
    apply: "Change:",
    waves: "Change:",
    convert: "Change:",
    export: "Take over what exists:",
    adopt: "Take over what exists:",
    completion: "The command itself:",
};

/** Loads a command when it is called: each imports modules that the others do not need. */
function addCommandOf(name: string, program: Command): void {
    const { addCommand } = require(`./${name}/command`) as { addCommand(program: Command): void };
    addCommand(program);
    program.commands.at(-1)?.helpGroup(commands[name] as Purpose);
}

/** The commands to load for a command line: the called one, or all for a list. */
function namesFor(called: string | undefined): string[] {
    if (called === "--version" || called === "-V") return [];
    return called !== undefined && called !== "completion" && Object.hasOwn(commands, called)
        ? [called]
        : Object.keys(commands);
}

/** @param called the first word of the command line. Default: loads every command */
export function makeProgram(called?: string): Command {
    const program = new Command("pulumi-section")
        .description("Shows, reviews and changes the sites that Pulumi manages on the Section platform.")
        .version(version)
        .enablePositionalOptions() // --json belongs to the command that it follows
        .exitOverride()
        .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, failurePrefix())) })
        .showHelpAfterError("--help shows the usage and examples.");
    program
        .commandsGroup("The command itself:" satisfies Purpose)
        .helpCommand("help [command]", "show the help of a command");
    for (const name of namesFor(called)) addCommandOf(name, program);
    return program;
}

/** Runs the `pulumi-section` command. Expected failures are a few lines on stderr and exit code 1. */
export async function main(argv: readonly string[]): Promise<void> {
    endOnInterrupt();
    endWithReader();
    try {
        const given = argv.length > 2 ? [...argv] : [...argv, "next"];
        await makeProgram(given[2]).parseAsync(given);
    } catch (error) {
        endWith(error, { isJson: argv.includes("--json") });
    }
}

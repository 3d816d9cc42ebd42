import { Command, CommanderError } from "commander";
import { addAccountCommands } from "./command/account";
import { addBackup } from "./command/backup";
import { addCheck } from "./command/check";
import { addCompletion } from "./command/completion";
import { isDebugging, say } from "./command/data-command";
import { failureDocument, failureLine } from "./command/failure-line";
import { addNext } from "./command/next";
import { addRestore } from "./command/restore";
import { addSeed } from "./command/seed";
import { addServe } from "./command/serve";
import { addTokenCommands } from "./command/token";
import { addUserCommands } from "./command/user";
import { platformVersion } from "./version";

type Purpose = "Run:" | "People and organizations:" | "Keep it safe:" | "The command itself:";

/** Every command, under its purpose. */
const commands: readonly [add: (program: Command) => void, purpose: Purpose][] = [
    [addNext, "Run:"],
    [addServe, "Run:"],
    [addUserCommands, "People and organizations:"],
    [addAccountCommands, "People and organizations:"],
    [addTokenCommands, "People and organizations:"],
    [addCheck, "Keep it safe:"],
    [addBackup, "Keep it safe:"],
    [addRestore, "Keep it safe:"],
    [addSeed, "Keep it safe:"],
    [addCompletion, "The command itself:"],
];

export function makeProgram(): Command {
    const program = new Command("section-platform")
        .description("The Section platform: REST API v1 and git hosting, self-hosted.")
        .version(platformVersion)
        .enablePositionalOptions()
        .exitOverride()
        .showHelpAfterError("--help shows the usage and examples.")
        .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "section-platform: ")) })
        .commandsGroup("The command itself:" satisfies Purpose)
        .helpCommand("help [command]", "Show the help of a command");
    for (const [add, purpose] of commands) {
        const count = program.commands.length;
        add(program);
        for (const command of program.commands.slice(count)) command.helpGroup(purpose);
    }
    return program;
}

/**
 * Runs the `section-platform` command. Expected failures are one line on stderr, with `--json` a document on stdout
 * too, and exit code 1.
 */
export async function main(argv: readonly string[]): Promise<void> {
    process.stdout.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code !== "EPIPE") throw error;
        process.exit(); // nobody reads on, as in `section-platform user list | head`
    });
    try {
        await makeProgram().parseAsync(argv.length > 2 ? [...argv] : [...argv, "next"]);
    } catch (error) {
        process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
        if (process.exitCode === 0) return;
        if (!(error instanceof CommanderError))
            process.stderr.write(`section-platform: ${isDebugging() ? (error as Error).stack : failureLine(error)}\n`);
        if (argv.includes("--json")) say(JSON.stringify(failureDocument(error), undefined, 4));
    }
}

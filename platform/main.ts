import { Command } from "commander";
import { isProblem } from "section-model";
import { addAccountCommands } from "./command/account";
import { addCheck } from "./command/check";
import { addServe } from "./command/serve";
import { addTokenCommands } from "./command/token";
import { addUserCommands } from "./command/user";

/** Runs the `section-platform` command. Expected failures are one line on stderr and exit code 1. */
export async function main(argv: readonly string[]): Promise<void> {
    const program = new Command("section-platform").description("The Section platform: REST API v1 and git hosting, self-hosted.");
    for (const add of [addServe, addUserCommands, addAccountCommands, addTokenCommands, addCheck]) add(program);
    try {
        await program.parseAsync([...argv]);
    } catch (error) {
        const shown = isProblem(error) ? error.message : (error as Error).stack;
        process.stderr.write(`section-platform: ${shown}\n`);
        process.exitCode = 1;
    }
}

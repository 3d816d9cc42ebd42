import { Command } from "commander";
import { addAccountCommands } from "./command/account";
import { addBackup } from "./command/backup";
import { addCheck } from "./command/check";
import { isDebugging } from "./command/data";
import { failureLine } from "./command/failure-line";
import { addRestore } from "./command/restore";
import { addSeed } from "./command/seed";
import { addServe } from "./command/serve";
import { addTokenCommands } from "./command/token";
import { addUserCommands } from "./command/user";

/** Runs the `section-platform` command. Expected failures are one line on stderr and exit code 1. */
export async function main(argv: readonly string[]): Promise<void> {
    const program = new Command("section-platform").description("The Section platform: REST API v1 and git hosting, self-hosted.");
    for (const add of [addServe, addUserCommands, addAccountCommands, addTokenCommands, addCheck, addBackup, addRestore, addSeed]) add(program);
    try {
        await program.parseAsync([...argv]);
    } catch (error) {
        process.stderr.write(`section-platform: ${isDebugging() ? (error as Error).stack : failureLine(error)}\n`);
        process.exitCode = 1;
    }
}

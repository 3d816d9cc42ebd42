import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { addUser } from "../service/users";
import { type DataFlags, dataCommand, say, withContext } from "./data";

interface UserFlags extends DataFlags {
    firstName?: string;
    lastName?: string;
    passwordFile?: string;
}

function readPassword(file: string): string {
    return readFileSync(file === "-" ? 0 : file, "utf8").replace(/\r?\n$/, "");
}

async function add(email: string, { firstName, lastName, passwordFile, ...flags }: UserFlags): Promise<void> {
    const password = passwordFile === undefined ? undefined : readPassword(passwordFile);
    const user = await withContext(flags, (context) => addUser(context, { email, firstName, lastName, password }));
    say(`user ${user.id} ${user.email}`);
}

export function addUserCommands(program: Command): void {
    const user = program.command("user").description("People");
    dataCommand(user, "add <email>", "Add a verified user; give one who exists a new password")
        .option("--first-name <name>")
        .option("--last-name <name>")
        .option("--password-file <file>", "file with the password, - for stdin; without one the user has tokens only")
        .action(add);
}

import { readFileSync } from "node:fs";
import type { Command } from "commander";
import type { Context } from "../service/context";
import { listUsers, removeUser, resetTwoFactor, verifyUserByHand } from "../service/user-administration";
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

async function list(flags: DataFlags): Promise<void> {
    for (const { id, email, verified, requires_2fa, first_name, last_name } of await withContext(flags, listUsers)) {
        say([id, email, verified ? "verified" : "unverified", requires_2fa ? "2fa" : "-", `${first_name} ${last_name}`.trim()].join("\t").trimEnd());
    }
}

/** A command that does one thing to one user and says that it is done. */
function oneUser(work: (context: Context, email: string) => Promise<{ email: string }>, done: string) {
    return async (asked: string, flags: DataFlags): Promise<void> => {
        const { email } = await withContext(flags, (context) => work(context, asked));
        say(`user ${email} ${done}`);
    };
}

export function addUserCommands(program: Command): void {
    const user = program.command("user").description("People");
    dataCommand(user, "add <email>", "Add a verified user; give one who exists a new password")
        .option("--first-name <name>")
        .option("--last-name <name>")
        .option("--password-file <file>", "file with the password, - for stdin; without one the user has tokens only")
        .action(add);
    dataCommand(user, "list", "List every user").action(list);
    dataCommand(user, "verify <email>", "Take a user's e-mail address as verified").action(oneUser(verifyUserByHand, "is verified"));
    dataCommand(user, "reset-2fa <email>", "Forget a user's authenticator app, when it is lost").action(oneUser(resetTwoFactor, "has no authenticator app"));
    dataCommand(user, "remove <email>", "Remove a user with their tokens and memberships").action(oneUser(removeUser, "is removed"));
}

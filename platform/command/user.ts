import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { type DataFlags, dataCommand, giveOrder, show, withExamples } from "./data-command";

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
    const user = await giveOrder(flags, "addUser", { email, firstName, lastName, password });
    show(flags, user, [`user ${user.id} ${user.email}`]);
}

async function list(flags: DataFlags): Promise<void> {
    const users = await giveOrder(flags, "listUsers", undefined);
    const lines = users.map(({ id, email, verified, requiresTwoFactor, firstName, lastName }) =>
        [
            id,
            email,
            verified ? "verified" : "unverified",
            requiresTwoFactor ? "2fa" : "-",
            `${firstName} ${lastName}`.trim(),
        ]
            .join("\t")
            .trimEnd(),
    );
    show(flags, users, lines);
}

/** A command that does one thing to one user and says that it is done. */
function oneUser(order: "verifyUser" | "resetTwoFactor" | "removeUser", done: string) {
    return async (asked: string, flags: DataFlags): Promise<void> => {
        const { email } = await giveOrder(flags, order, { email: asked });
        show(flags, { email, done }, [`user ${email} ${done}`]);
    };
}

const emailOfUser = "the e-mail address of the user";

export function addUserCommands(program: Command): void {
    const user = program.command("user").description("People");
    withExamples(user, "user add olga@agency.example --first-name Olga", "user list --json");
    const adding = dataCommand(user, "add", "Add a verified user, or give an existing user a new password")
        .argument("<email>", emailOfUser)
        .option("--first-name <name>", "the first name of a new user")
        .option("--last-name <name>", "the last name of a new user")
        .option("--password-file <file>", "file with the password, - for stdin. Default: no password, only tokens")
        .action(add);
    withExamples(
        adding,
        "user add olga@agency.example",
        "user add olga@agency.example --first-name Olga --password-file - < password.txt",
    );
    withExamples(dataCommand(user, "list", "List every user").action(list), "user list", "user list --json");
    for (const [name, about, order, done] of [
        ["verify", "Mark a user's e-mail address as verified", "verifyUser", "is verified"],
        [
            "reset-2fa",
            "Remove a user's authenticator app, such as when it is lost",
            "resetTwoFactor",
            "has no authenticator app",
        ],
        ["remove", "Remove a user with their tokens and memberships", "removeUser", "is removed"],
    ] as const)
        withExamples(
            dataCommand(user, name, about).argument("<email>", emailOfUser).action(oneUser(order, done)),
            `user ${name} jane@agency.example`,
        );
}

import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { isProblem, Problem } from "section-model";
import { startPlatform } from "./index";
import { openLog } from "./log";
import { type OpenContext, openContext } from "./open-context";
import { optionsFromEnvironment, type PlatformOptions, readOptions } from "./options";
import { checkConsistency } from "./service/consistency";
import type { Context } from "./service/context";
import { addToken, listTokens, revokeToken } from "./service/tokens";
import { addUser, requireUser } from "./service/users";

const say = (line: string) => process.stdout.write(`${line}\n`);

type Flags = Pick<PlatformOptions, "dataDir" | "databaseUrl">;

function optionsOf(flags: PlatformOptions): PlatformOptions {
    const options = { ...optionsFromEnvironment(process.env), ...flags };
    if (options.dataDir === undefined)
        throw new Problem("invalid-input", "no data folder is given", { remedy: "Use --data-dir DIR or set SECTION_PLATFORM_DATA_DIR" });
    return options;
}

async function withContext<T>(flags: Flags, work: (context: Context) => Promise<T>): Promise<T> {
    const settings = readOptions(optionsOf(flags));
    const opened: OpenContext = await openContext(settings, openLog(settings));
    try {
        return await work(opened.context);
    } finally {
        await opened.close();
    }
}

async function serve(flags: PlatformOptions): Promise<void> {
    const starting = startPlatform({ logLevel: "info", ...optionsOf(flags) });
    const stop = async () => {
        await starting.then((platform) => platform.close()).catch(() => {});
        process.exit();
    };
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
    say(`listening on ${(await starting).url}`);
}

async function readPassword(file: string): Promise<string> {
    return readFileSync(file === "-" ? 0 : file, "utf8").replace(/\r?\n$/, "");
}

function parseDate(text: string): Date {
    const date = new Date(text);
    if (Number.isNaN(date.getTime())) throw new InvalidArgumentError("write a date such as 2027-12-31 or 2027-12-31T18:00:00Z");
    return date;
}

interface UserFlags extends Flags {
    firstName?: string;
    lastName?: string;
    passwordFile?: string;
}

async function userAdd(email: string, { firstName, lastName, passwordFile, ...flags }: UserFlags): Promise<void> {
    const password = passwordFile === undefined ? undefined : await readPassword(passwordFile);
    const user = await withContext(flags, (context) => addUser(context, { email, firstName, lastName, password }));
    say(`user ${user.id} ${user.email}`);
}

interface TokenFlags extends Flags {
    description: string;
    scope: "read" | "write";
    expires?: Date;
}

async function tokenAdd(email: string, { description, scope, expires, ...flags }: TokenFlags): Promise<void> {
    const { token } = await withContext(flags, async (context) =>
        addToken(context, { userId: (await requireUser(context, email)).id, description, scope, expiresAt: expires }),
    );
    say(token);
}

async function tokenList(email: string, flags: Flags): Promise<void> {
    const tokens = await withContext(flags, async (context) => listTokens(context, (await requireUser(context, email)).id));
    for (const { id, scope, expires_at, description } of tokens) say(`${id}\t${scope}\t${expires_at?.toISOString() ?? "never expires"}\t${description}`);
}

async function tokenRevoke(email: string, id: string, flags: Flags): Promise<void> {
    await withContext(flags, async (context) => revokeToken(context, (await requireUser(context, email)).id, id));
    say(`token ${id} is revoked`);
}

async function check(flags: Flags): Promise<void> {
    const findings = await withContext(flags, checkConsistency);
    for (const { kind, message } of findings) say(`${kind}: ${message}`);
    say(findings.length === 0 ? "rows and repositories agree" : `${findings.length} findings`);
    if (findings.length > 0) process.exitCode = 1;
}

function command(parent: Command, name: string, description: string): Command {
    return parent
        .command(name)
        .description(description)
        .option("--data-dir <dir>", "folder of the embedded database and the repositories (SECTION_PLATFORM_DATA_DIR)")
        .option(
            "--database-url <url>",
            "a PostgreSQL server instead of the embedded database; prefer DATABASE_URL, which other users of the machine cannot see",
        );
}

function buildProgram(): Command {
    const program = new Command("section-platform").description("The Section platform: REST API v1 and git hosting, self-hosted.");
    command(program, "serve", "Answer requests until SIGTERM")
        .option("--host <host>", "address to listen on (default 127.0.0.1)")
        .option("--port <port>", "port to listen on (default: any free one)")
        .option("--public-url <url>", "how clients reach the platform")
        .addOption(new Option("--log-level <level>", "what the log on stderr shows").choices(["silent", "fatal", "error", "warn", "info", "debug"]))
        .action(serve);
    const user = program.command("user").description("People");
    command(user, "add <email>", "Add a verified user; give one who exists a new password")
        .option("--first-name <name>")
        .option("--last-name <name>")
        .option("--password-file <file>", "file with the password, - for stdin; without one the user has tokens only")
        .action(userAdd);
    const token = program.command("token").description("API tokens");
    command(token, "add <email>", "Make a token and print it, this once")
        .requiredOption("--description <text>", "what the token is for")
        .addOption(new Option("--scope <scope>").choices(["read", "write"]).default("write"))
        .option("--expires <date>", "when it ends", parseDate)
        .action(tokenAdd);
    command(token, "list <email>", "List a user's tokens, without their values").action(tokenList);
    command(token, "revoke <email> <id>", "End a token at once").action(tokenRevoke);
    command(program, "check", "Compare rows with repositories and branches; exit code 1 when they disagree").action(check);
    return program;
}

/** Runs the `section-platform` command. Expected failures are one line on stderr and exit code 1. */
export async function main(argv: readonly string[]): Promise<void> {
    try {
        await buildProgram().parseAsync([...argv]);
    } catch (error) {
        const shown = isProblem(error) ? error.message : (error as Error).stack;
        process.stderr.write(`section-platform: ${shown}\n`);
        process.exitCode = 1;
    }
}

import { type Command, InvalidArgumentError, Option } from "commander";
import { addToken, listTokens, revokeToken } from "../service/tokens";
import { requireUser } from "../service/users";
import { type DataFlags, dataCommand, say, withContext } from "./data";

interface AddFlags extends DataFlags {
    description: string;
    scope: "read" | "write";
    expires?: Date;
}

function parseDate(text: string): Date {
    const date = new Date(text);
    if (Number.isNaN(date.getTime())) throw new InvalidArgumentError("write a date such as 2027-12-31 or 2027-12-31T18:00:00Z");
    return date;
}

async function add(email: string, { description, scope, expires, ...flags }: AddFlags): Promise<void> {
    const { token } = await withContext(flags, async (context) =>
        addToken(context, { userId: (await requireUser(context, email)).id, description, scope, expiresAt: expires }),
    );
    say(token);
}

async function list(email: string, flags: DataFlags): Promise<void> {
    const tokens = await withContext(flags, async (context) => listTokens(context, (await requireUser(context, email)).id));
    for (const { id, scope, expires_at, description } of tokens) say(`${id}\t${scope}\t${expires_at?.toISOString() ?? "never expires"}\t${description}`);
}

async function revoke(email: string, id: string, flags: DataFlags): Promise<void> {
    await withContext(flags, async (context) => revokeToken(context, (await requireUser(context, email)).id, id));
    say(`token ${id} is revoked`);
}

export function addTokenCommands(program: Command): void {
    const token = program.command("token").description("API tokens");
    dataCommand(token, "add <email>", "Make a token and print it, this once")
        .requiredOption("--description <text>", "what the token is for")
        .addOption(new Option("--scope <scope>").choices(["read", "write"]).default("write"))
        .option("--expires <date>", "when it ends", parseDate)
        .action(add);
    dataCommand(token, "list <email>", "List a user's tokens, without their values").action(list);
    dataCommand(token, "revoke <email> <id>", "End a token at once").action(revoke);
}

import { type Command, InvalidArgumentError, Option } from "commander";
import { type DataFlags, dataCommand, giveOrder, show, withExamples } from "./data-command";

interface AddFlags extends DataFlags {
    description: string;
    scope: "read" | "write";
    expires?: Date;
}

function parseDate(text: string): Date {
    const date = new Date(text);
    if (Number.isNaN(date.getTime()))
        throw new InvalidArgumentError("write a date such as 2027-12-31 or 2027-12-31T18:00:00Z");
    return date;
}

async function add(email: string, { description, scope, expires, ...flags }: AddFlags): Promise<void> {
    const wanted = { email, description, scope, expiresAt: expires?.toISOString() };
    const made = await giveOrder(flags, "addToken", wanted);
    show(flags, made, [made.token]);
}

async function list(email: string, flags: DataFlags): Promise<void> {
    const tokens = await giveOrder(flags, "listTokens", { email });
    const lines = tokens.map(({ id, scope, expiresAt, description }) =>
        [id, scope, expiresAt ?? "never expires", description].join("\t"),
    );
    show(flags, tokens, lines);
}

async function revoke(email: string, id: string, flags: DataFlags): Promise<void> {
    const revoked = await giveOrder(flags, "revokeToken", { email, id });
    show(flags, revoked, [`token ${id} is revoked`]);
}

const whoseToken = "the e-mail address of the token's user";

export function addTokenCommands(program: Command): void {
    const token = program.command("token").description("API tokens");
    withExamples(token, "token add olga@agency.example --description laptop", "token list olga@agency.example");
    const adding = dataCommand(token, "add", "Make a token and print it; it is not shown again")
        .argument("<email>", whoseToken)
        .requiredOption("--description <text>", "what the token is for (required)")
        .addOption(
            new Option("--scope <scope>", "what it may do: read only, or read and change")
                .choices(["read", "write"])
                .default("write"),
        )
        .option("--expires <date>", "when it ends, such as 2027-12-31. Default: never", parseDate)
        .usage("--description <text> [options] <email>")
        .action(add);
    withExamples(
        adding,
        "token add olga@agency.example --description laptop",
        "token add olga@agency.example --description reports --scope read --expires 2027-12-31",
    );
    withExamples(
        dataCommand(token, "list", "List a user's tokens, without their values")
            .argument("<email>", whoseToken)
            .action(list),
        "token list olga@agency.example --json",
    );
    withExamples(
        dataCommand(token, "revoke", "End a token at once")
            .argument("<email>", whoseToken)
            .argument("<id>", "the id of the token, as token list shows it")
            .action(revoke),
        "token revoke olga@agency.example 0a1b2c3d4e5f6071",
    );
}

import { Argument, type Command, InvalidArgumentError } from "commander";
import { listEveryAccount, setApplicationLimit, setTwoFactorRule, transferAccount } from "../service/account-administration";
import { type DataFlags, dataCommand, say, withContext } from "./data";

function parseNumber(what: string, most: number) {
    return (text: string): number => {
        if (!/^\d{1,10}$/.test(text) || Number(text) > most) throw new InvalidArgumentError(`write ${what}`);
        return Number(text);
    };
}

const account = () => new Argument("<account>", "the id of the account").argParser(parseNumber("the id of an account, such as 1335", 2 ** 31 - 1));
const parseCount = parseNumber("a number of applications, or default", 1_000_000);

async function list(flags: DataFlags): Promise<void> {
    for (const each of await withContext(flags, listEveryAccount)) {
        const limit = each.application_limit === null ? "" : ` of ${each.application_limit}`;
        say(
            [each.id, each.name, each.owner_email, `${each.members} members`, `${each.applications}${limit} applications`, each.requires_2fa ? "2fa" : ""]
                .join("\t")
                .trimEnd(),
        );
    }
}

async function requireTwoFactor(id: number, state: "on" | "off", flags: DataFlags): Promise<void> {
    const { name } = await withContext(flags, (context) => setTwoFactorRule(context, id, state === "on"));
    say(state === "on" ? `account ${id} (${name}) is closed to passwords without a one-time code` : `account ${id} (${name}) is open to passwords`);
}

async function transfer(id: number, email: string, flags: DataFlags): Promise<void> {
    const { name } = await withContext(flags, (context) => transferAccount(context, id, email));
    say(`account ${id} (${name}) belongs to ${email}`);
}

async function limit(id: number, applications: number | "default", flags: DataFlags): Promise<void> {
    const { name } = await withContext(flags, (context) => setApplicationLimit(context, id, applications === "default" ? null : applications));
    say(
        `account ${id} (${name}) may have ${applications === "default" ? "as many applications as the platform's setting says" : `${applications} applications`}`,
    );
}

export function addAccountCommands(program: Command): void {
    const parent = program.command("account").description("Organizations");
    dataCommand(parent, "list", "List every account with its owner").action(list);
    dataCommand(parent, "require-2fa", "Refuse or allow passwords without a one-time code; API tokens are no different")
        .addArgument(account())
        .addArgument(new Argument("<state>").choices(["on", "off"]))
        .action(requireTwoFactor);
    dataCommand(parent, "transfer", "Give an account another owner, who becomes an admin; the former one stays an admin")
        .addArgument(account())
        .argument("<email>", "the new owner")
        .action(transfer);
    dataCommand(parent, "limit", "Set how many applications an account may have")
        .addArgument(account())
        .argument("<applications>", "a number, or default", (text) => (text === "default" ? text : parseCount(text)))
        .action(limit);
}

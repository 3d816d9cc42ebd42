// "Account" is v1's word for an organization. People and programs read "organization"; all of platform/ says "account".
import { Argument, type Command, InvalidArgumentError } from "commander";
import { type DataFlags, dataCommand, giveOrder, show, withExamples } from "./data-command";

function parseNumber(what: string, most: number) {
    return (text: string): number => {
        if (!/^\d{1,10}$/.test(text) || Number(text) > most) throw new InvalidArgumentError(`write ${what}`);
        return Number(text);
    };
}

const account = () =>
    new Argument("<account>", "the id of the account").argParser(
        parseNumber("the id of an account, such as 1335", 2 ** 31 - 1),
    );
const parseCount = parseNumber("a number of applications, or default", 1_000_000);

async function list(flags: DataFlags): Promise<void> {
    const accounts = await giveOrder(flags, "listAccounts", undefined);
    const lines = accounts.map(({ id, name, owner, members, applications, applicationLimit, requiresTwoFactor }) => {
        const limit = applicationLimit === null ? "" : ` of ${applicationLimit}`;
        return [
            id,
            name,
            owner,
            `${members} members`,
            `${applications}${limit} applications`,
            requiresTwoFactor ? "2fa" : "",
        ]
            .join("\t")
            .trimEnd();
    });
    show(flags, accounts, lines);
}

async function requireTwoFactor(account: number, state: "on" | "off", flags: DataFlags): Promise<void> {
    const changed = await giveOrder(flags, "requireTwoFactor", { account, isRequired: state === "on" });
    const { id, name } = changed;
    show(flags, changed, [
        state === "on"
            ? `account ${id} (${name}) refuses passwords without a one-time code`
            : `account ${id} (${name}) allows passwords without a one-time code`,
    ]);
}

async function transfer(account: number, email: string, flags: DataFlags): Promise<void> {
    const changed = await giveOrder(flags, "transferAccount", { account, email });
    show(flags, changed, [`account ${changed.id} (${changed.name}) belongs to ${email}`]);
}

async function limit(account: number, applications: number | "default", flags: DataFlags): Promise<void> {
    const applicationLimit = applications === "default" ? null : applications;
    const changed = await giveOrder(flags, "limitApplications", { account, applicationLimit });
    const words =
        applicationLimit === null
            ? "as many applications as the platform's setting says"
            : `${applicationLimit} applications`;
    show(flags, changed, [`account ${changed.id} (${changed.name}) may have ${words}`]);
}

export function addAccountCommands(program: Command): void {
    const parent = program.command("account").description("Organizations");
    withExamples(parent, "account list", "account require-2fa 1335 on");
    withExamples(
        dataCommand(parent, "list", "List every account with its owner").action(list),
        "account list",
        "account list --json",
    );
    const requiring = dataCommand(
        parent,
        "require-2fa",
        "Refuse or allow passwords without a one-time code; API tokens are not affected",
    )
        .addArgument(account())
        .addArgument(new Argument("<state>", "whether a password needs a one-time code").choices(["on", "off"]))
        .action(requireTwoFactor);
    withExamples(requiring, "account require-2fa 1335 on");
    const transferring = dataCommand(
        parent,
        "transfer",
        "Give an account another owner, who becomes an admin; the former owner stays an admin",
    )
        .addArgument(account())
        .argument("<email>", "the new owner")
        .action(transfer);
    withExamples(transferring, "account transfer 1335 jane@agency.example");
    const limiting = dataCommand(parent, "limit", "Set how many applications an account may have")
        .addArgument(account())
        .argument("<applications>", "a number, or default", (text) => (text === "default" ? text : parseCount(text)))
        .action(limit);
    withExamples(limiting, "account limit 1335 50", "account limit 1335 default");
}

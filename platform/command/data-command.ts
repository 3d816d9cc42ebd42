import path from "node:path";
import { type Command, Option } from "commander";
import { Problem } from "section-model";
import { openLog } from "../log";
import { type PlatformOptions, readOptions, settings, variableOf } from "../options";
import { optionsFromEnvironment } from "../options-from-environment";
import type { Context } from "../service/context";
import type { OrderAnswer, OrderInput, OrderName } from "../service/orders";
import { orderOfPlatform } from "./ask-platform";
import { loadContext, loadOrders } from "./load-on-use";
import { withProgress } from "./progress";

/** The flags that every command has: the place of the data, and the form of the answer. */
export interface DataFlags extends Pick<PlatformOptions, "dataDir" | "databaseUrl"> {
    json?: boolean;
}

/** Shows a person one line. */
export const say = (line: string) => process.stdout.write(`${line}\n`);

/** Shows an outcome: as one JSON document if that is wanted, else in lines. */
export function show({ json }: DataFlags, facts: unknown, lines: readonly string[]): void {
    if (json) say(JSON.stringify(facts, undefined, 4));
    else for (const line of lines) say(line);
}

/** Shows a person one line beside a command's output. */
export const tell = (line: string) => process.stderr.write(`${line}\n`);

/** True when a developer wants to see the place of a failure. */
export const isDebugging = () => process.env[variableOf("logLevel")] === "debug";

/** Settings of flags and environment; flags come first. */
export function optionsOf({ json: _, ...flags }: PlatformOptions & DataFlags): PlatformOptions {
    const options = { ...optionsFromEnvironment(process.env), ...flags };
    if (options.dataDir === undefined)
        throw new Problem("invalid-input", "no data folder is given", {
            remedy: "Use --data-dir DIR or set SECTION_PLATFORM_DATA_DIR",
        });
    return options;
}

/** Lets `work` have the platform's data while no server runs on it. */
export async function withContext<T>(flags: DataFlags, work: (context: Context) => Promise<T>): Promise<T> {
    const settings = readOptions(optionsOf(flags));
    const opened = await withProgress("opening the data", () => loadContext().openContext(settings, openLog(settings)));
    try {
        return await work(opened.context);
    } finally {
        await opened.close();
    }
}

/** Has an order carried out: by the platform that serves the data, else here. */
export async function giveOrder<Name extends OrderName>(
    flags: DataFlags,
    name: Name,
    input: OrderInput<Name>,
): Promise<OrderAnswer<Name>> {
    const { dataDir, databaseUrl } = readOptions(optionsOf(flags));
    // with a database server every process can work on the data
    const served =
        databaseUrl === undefined && dataDir !== undefined
            ? await orderOfPlatform(path.resolve(dataDir), name, input)
            : undefined;
    if (served !== undefined) return served.answer as OrderAnswer<Name>;
    return withContext(flags, (context) => loadOrders().carryOut(context, name, input) as Promise<OrderAnswer<Name>>);
}

/** The flag of a setting, as the table of settings has it. */
export function settingFlag(name: keyof PlatformOptions): Option {
    const { flag = "", description, variable, defaultValue } = settings.find((setting) => setting.name === name) ?? {};
    const shown = defaultValue === undefined ? "" : `; default ${defaultValue}`;
    return new Option(flag, `${description} (${variable}${shown})`);
}

/** Adds the flags for the place of the data. */
export function dataOptions(command: Command): Command {
    return command.addOption(settingFlag("dataDir")).addOption(settingFlag("databaseUrl"));
}

/** The last words of a command's help: lines that can be run as they are, once data folder and names are one's own. */
export function withExamples(command: Command, ...lines: readonly string[]): Command {
    return command.addHelpText(
        "after",
        `\nExamples:\n${lines.map((line) => `  $ section-platform ${line}`).join("\n")}`,
    );
}

/** The settings of the environment, without flags. */
export const settingsHere = (): PlatformOptions => optionsFromEnvironment(process.env);

/** The place of the data by flags and environment, if they name one. */
export function placeOfData(flags: DataFlags): DataFlags {
    const { dataDir, databaseUrl } = { ...settingsHere(), ...flags };
    return { dataDir, databaseUrl };
}

/** Adds a command that works on the platform's data. */
export function dataCommand(parent: Command, name: string, description: string): Command {
    return dataOptions(parent.command(name).description(description)).option("--json", "the answer as a JSON document");
}

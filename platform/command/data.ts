import { type Command, Option } from "commander";
import { Problem } from "section-model";
import { openLog } from "../log";
import { openContext } from "../open-context";
import { optionsFromEnvironment, type PlatformOptions, readOptions, settings, variableOf } from "../options";
import type { Context } from "../service/context";

/** The flags that every command has: where the data is. */
export type DataFlags = Pick<PlatformOptions, "dataDir" | "databaseUrl">;

/** Shows a person one line. */
export const say = (line: string) => process.stdout.write(`${line}\n`);

/** Shows a person one line beside what a command puts out. */
export const tell = (line: string) => process.stderr.write(`${line}\n`);

/** True when a developer wants to see where a failure happened. */
export const isDebugging = () => process.env[variableOf("logLevel")] === "debug";

/** Settings of flags and environment; flags come first. */
export function optionsOf(flags: PlatformOptions): PlatformOptions {
    const options = { ...optionsFromEnvironment(process.env), ...flags };
    if (options.dataDir === undefined)
        throw new Problem("invalid-input", "no data folder is given", { remedy: "Use --data-dir DIR or set SECTION_PLATFORM_DATA_DIR" });
    return options;
}

/** Lets `work` have the platform's data while no server runs on it. */
export async function withContext<T>(flags: DataFlags, work: (context: Context) => Promise<T>): Promise<T> {
    const settings = readOptions(optionsOf(flags));
    const opened = await openContext(settings, openLog(settings));
    try {
        return await work(opened.context);
    } finally {
        await opened.close();
    }
}

/** The flag of a setting, as the table of settings has it. */
export function settingFlag(name: keyof PlatformOptions): Option {
    const { flag = "", description, variable, defaultValue } = settings.find((setting) => setting.name === name) ?? {};
    const shown = defaultValue === undefined ? "" : `; default ${defaultValue}`;
    return new Option(flag, `${description} (${variable}${shown})`);
}

/** Adds a command that works on the platform's data. */
export function dataCommand(parent: Command, name: string, description: string): Command {
    return parent.command(name).description(description).addOption(settingFlag("dataDir")).addOption(settingFlag("databaseUrl"));
}

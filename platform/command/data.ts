import type { Command } from "commander";
import { Problem } from "section-model";
import { openLog } from "../log";
import { openContext } from "../open-context";
import { optionsFromEnvironment, type PlatformOptions, readOptions } from "../options";
import type { Context } from "../service/context";

/** The flags that every command has: where the data is. */
export type DataFlags = Pick<PlatformOptions, "dataDir" | "databaseUrl">;

/** Shows a person one line. */
export const say = (line: string) => process.stdout.write(`${line}\n`);

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

/** Adds a command that works on the platform's data. */
export function dataCommand(parent: Command, name: string, description: string): Command {
    return parent
        .command(name)
        .description(description)
        .option("--data-dir <dir>", "folder of the embedded database and the repositories (SECTION_PLATFORM_DATA_DIR)")
        .option(
            "--database-url <url>",
            "a PostgreSQL server instead of the embedded database; prefer DATABASE_URL, which other users of the machine cannot see",
        );
}

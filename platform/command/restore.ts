import { open } from "node:fs/promises";
import type { Command } from "commander";
import { readOptions } from "../options";
import { checkConsistency } from "../service/consistency";
import { restoreBackup } from "../service/restore";
import { reportConsistency } from "./check";
import { type DataFlags, dataCommand, optionsOf, tell, withContext } from "./data";
import { Progress } from "./progress";

interface RestoreFlags extends DataFlags {
    secretKeyFile?: string;
}

async function restore(file: string, { secretKeyFile, ...flags }: RestoreFlags): Promise<void> {
    const { dataDir = "", databaseUrl } = readOptions(optionsOf(flags));
    const progress = new Progress("restore");
    try {
        const source = progress.countFrom(file === "-" ? process.stdin : (await open(file)).createReadStream());
        const { takenAt, tables } = await restoreBackup(source, { dataDir, databaseUrl, secretKeyFile });
        tell(`restore: ${tables.applications} applications as of ${takenAt}, ${progress.summary()}`);
    } finally {
        progress.stop();
    }
    reportConsistency(await withContext(flags, checkConsistency));
}

export function addRestore(program: Command): void {
    dataCommand(program, "restore <file>", "Put a backup (- for stdin) into a new data folder and an empty database, then check it")
        .option("--secret-key-file <file>", "the key that was kept apart, for a backup without one")
        .addHelpText(
            "after",
            `
Everything is compared with its checksums before anything is there: all of it is restored, or nothing. A backup of the embedded
database can be restored into PostgreSQL and the other way round, and into a newer platform.`,
        )
        .action(restore);
}

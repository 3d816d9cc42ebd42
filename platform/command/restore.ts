import { open, stat } from "node:fs/promises";
import type { Command } from "commander";
import { readOptions } from "../options";
import { restoreBackup } from "../service/restore";
import { checkHere, reportConsistency } from "./check";
import { type DataFlags, dataCommand, optionsOf, tell, withExamples } from "./data-command";
import { Progress } from "./progress";

interface RestoreFlags extends DataFlags {
    secretKeyFile?: string;
}

async function restore(file: string, { secretKeyFile, ...flags }: RestoreFlags): Promise<void> {
    const { dataDir = "", databaseUrl } = readOptions(optionsOf(flags));
    const progress = new Progress("restore", file === "-" ? undefined : (await stat(file)).size);
    let restored: Awaited<ReturnType<typeof restoreBackup>>;
    let seconds: number;
    const skipped: string[] = [];
    const onSkipped = (what: string) => void skipped.push(what);
    try {
        const source = progress.countFrom(file === "-" ? process.stdin : (await open(file)).createReadStream());
        restored = await restoreBackup(source, { dataDir, databaseUrl, secretKeyFile, onSkipped });
        seconds = progress.seconds;
        tell(`restore: ${restored.tables.applications} applications as of ${restored.takenAt}, ${progress.summary()}`);
    } finally {
        progress.stop();
        for (const what of skipped) tell(`skipped: ${what}`);
    }
    const { takenAt, tables } = restored;
    reportConsistency(flags, await checkHere(flags), {
        takenAt,
        applications: tables.applications,
        bytes: progress.bytes,
        seconds,
        skipped,
    });
}

export function addRestore(program: Command): void {
    const command = dataCommand(
        program,
        "restore",
        "Put a backup (- for stdin) into a new data folder and an empty database, then check it",
    )
        .argument("<file>", "the file of the backup; - for stdin")
        .option("--secret-key-file <file>", "the key that was kept apart, for a backup without one")
        .addHelpText(
            "after",
            `
The command compares everything with its checksums first, and restores either all of it or nothing. A backup of the embedded
database can be restored into PostgreSQL, one of PostgreSQL into the embedded database, and both into a newer platform.`,
        )
        .action(restore);
    withExamples(
        command,
        "restore /backups/section.tar.gz --data-dir ./section-data-new",
        "restore - --secret-key-file ./secret.key --data-dir ./section-data-new < section.tar.gz",
    );
}

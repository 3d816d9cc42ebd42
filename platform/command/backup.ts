import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Writable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { Problem } from "section-model";
import { type Holdings, holdingsOf } from "../archive/manifest";
import { openRepositories } from "../git/repositories";
import { type BackupOutcome, outcomeTrailer } from "../http/control-socket";
import { readOptions } from "../options";
import { writeBackup } from "../service/backup";
import { requireNoRestore } from "../service/data-folder";
import { openStore } from "../store/store";
import { askPlatform } from "./ask-platform";
import { type DataFlags, dataCommand, optionsOf, show, tell, withExamples } from "./data-command";
import { Progress } from "./progress";

interface BackupFlags extends DataFlags {
    secretKey: boolean;
}

/** Asks the platform that serves the folder; undefined when none does. */
async function askServer(dataDir: string, withSecretKey: boolean, sink: Writable): Promise<Holdings | undefined> {
    const answer = await askPlatform(dataDir, withSecretKey ? "/backup" : "/backup/without-secret-key");
    if (answer === undefined) return undefined;
    const brokenOff = new Problem("unreachable", "the platform ended the backup early", {
        remedy: "Read its log for the reason",
    });
    await pipeline(answer, sink, { end: false }).catch(() => Promise.reject(sink.errored ?? brokenOff));
    const trailer = answer.trailers[outcomeTrailer];
    if (trailer === undefined) throw brokenOff;
    const outcome: BackupOutcome = JSON.parse(decodeURIComponent(trailer));
    if ("problem" in outcome)
        throw new Problem("internal", outcome.problem, { remedy: "Correct that, then try again" });
    return outcome;
}

/** Takes the backup in this process: nobody serves the folder, or the database takes many. */
async function takeHere(
    dataDir: string,
    databaseUrl: string | undefined,
    withSecretKey: boolean,
    sink: Writable,
): Promise<Holdings> {
    await requireNoRestore(dataDir);
    await stat(databaseUrl === undefined ? path.join(dataDir, "database") : dataDir); // opening would make a misspelt folder
    const store = await openStore({ dataDir, databaseUrl, isRaw: true });
    const repositories = await openRepositories({ root: path.join(dataDir, "repositories") });
    try {
        return holdingsOf(
            await writeBackup({ database: store.database, repositories, dataDir }, sink, { withSecretKey }),
        );
    } finally {
        await repositories.close();
        await store.close();
    }
}

/** The failure to make a file, by a name that the caller knows. */
function nameFile(error: NodeJS.ErrnoException, file: string): Error {
    return Object.assign(error, { path: error.code === "ENOENT" ? path.dirname(file) : file });
}

/** Lets `write` write a file that has its name only once it is whole and on the disk. */
async function writeWhole<T>(file: string, write: (sink: Writable) => Promise<T>): Promise<T> {
    const fresh = `${file}.${randomBytes(4).toString("hex")}.part`;
    const forget = () => rmSync(fresh, { force: true });
    process.once("SIGINT", forget);
    const handle = await open(fresh, "wx", 0o600).catch((error) => Promise.reject(nameFile(error, file)));
    const sink = handle.createWriteStream({ flush: true });
    try {
        const result = await write(sink);
        sink.end();
        await finished(sink);
        await rename(fresh, file);
        const folder = await open(path.dirname(path.resolve(file)), "r");
        await folder.sync().finally(() => folder.close());
        return result;
    } catch (error) {
        sink.destroy();
        await rm(fresh, { force: true });
        throw error;
    } finally {
        process.removeListener("SIGINT", forget);
    }
}

async function backup(file: string, { secretKey, ...flags }: BackupFlags): Promise<void> {
    const { dataDir: folder = "", databaseUrl } = readOptions(optionsOf(flags));
    const dataDir = path.resolve(folder);
    if (file === "-" && process.stdout.isTTY)
        throw new Problem("invalid-input", "a backup is not text, and stdout is a terminal", {
            remedy: "Name a file, or pipe the output",
        });
    if (file === "-" && flags.json)
        throw new Problem("invalid-input", "stdout cannot carry both the backup and JSON", {
            remedy: "Name a file, or leave --json out: stderr says what was written",
        });
    const progress = new Progress("backup");
    const write = async (sink: Writable) => {
        const counted = progress.countInto(sink);
        const served = databaseUrl === undefined ? await askServer(dataDir, secretKey, counted) : undefined;
        const taken = served ?? (await takeHere(dataDir, databaseUrl, secretKey, counted));
        await progress.drain();
        return taken;
    };
    try {
        const { applications, rows } = await (file === "-" ? write(process.stdout) : writeWhole(file, write));
        const secrecy = secretKey
            ? "with the secret key: keep it as safe as the platform"
            : "without the secret key: keep secret.key elsewhere";
        show(
            flags,
            {
                file: path.resolve(file),
                applications,
                rows,
                bytes: progress.bytes,
                seconds: progress.seconds,
                hasSecretKey: secretKey,
            },
            [],
        );
        tell(`backup: ${applications} applications, ${rows} rows, ${progress.summary()}; ${secrecy}`);
    } finally {
        progress.stop();
    }
}

export function addBackup(program: Command): void {
    const command = dataCommand(
        program,
        "backup",
        "Write everything the platform holds into one file (- for stdout), while it serves",
    )
        .argument("<file>", "the file to write; - for stdout")
        .option(
            "--no-secret-key",
            "leave out the key that certificates' keys and other secrets are encrypted with; a restore then needs the file secret.key",
        )
        .addHelpText(
            "after",
            `
The file holds secrets: hashes of passwords and tokens, every site's configuration, and the key. It is readable by its owner only.
With the embedded database, a platform that serves takes the backup itself: the command asks it over a socket in the data
folder, and has to run as the same user.
With PostgreSQL, give the database and the folder of the repositories, on any machine that reaches both.`,
        )
        .action(backup);
    withExamples(
        command,
        "backup /backups/section.tar.gz --data-dir ./section-data",
        "backup - --no-secret-key --data-dir ./section-data | ssh backup.example 'cat > section.tar.gz'",
    );
}

import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Writable } from "node:stream";
import { ArchiveWriter } from "../archive/archive-writer";
import { backupFormat, type Manifest } from "../archive/manifest";
import { fingerprintOf, readSecretKey, secretKeyName } from "../auth/secret-key";
import type { Repositories } from "../git/repositories";
import type { Database } from "../store/database";
import { type Dump, dumpFile, dumpTables } from "../store/dump-tables";
import { platformVersion } from "../version";
import { RepositoryBackup, readExpected } from "./backup-repositories";
import { listOtherFiles, removeAbandonedSpools, spoolPrefix } from "./data-folder";
import { markVanished } from "./mark-vanished";

/** The data that a backup is taken of. */
export interface BackupSource {
    database: Database;
    repositories: Repositories;
    dataDir: string;
}

export interface BackupOptions {
    /** false leaves out the key that secrets are encrypted with. */
    withSecretKey: boolean;
    now?: Date;
}

/**
 * Writes everything a platform holds into one archive, while it goes on working. Nobody holds still, so the order
 * matters:
 *
 * 1. the branches and tags of every repository,
 * 2. the rows, all of one moment,
 * 3. each repository that a row names: its branches and tags, then its objects.
 *
 * A row is ready only after its repository or branch is there, and objects are written before a branch leads to them.
 * So 3 finds everything that 2 sees, unless it was deleted in between. For a branch that is gone, 1 has its commit; a
 * repository, or a branch that came and went between 1 and 3, is gone for good, and its row goes into the backup as one
 * that is being deleted, with the intent that finishes that. A tag, or a branch without a row, is copied when 1 and 3
 * both see it: it is somebody's, and neither the rest of an environment whose row went before 2 nor the beginning of
 * one whose row came after.
 */
export async function writeBackup(
    { database, repositories, dataDir }: BackupSource,
    sink: Writable,
    options: BackupOptions,
): Promise<Manifest> {
    const takenAt = options.now ?? new Date();
    await removeAbandonedSpools(dataDir);
    const spool = await mkdtemp(path.join(dataDir, spoolPrefix));
    const writer = new ArchiveWriter(sink, takenAt);
    try {
        const copy = await RepositoryBackup.begin(repositories);
        const { dump, more: expected } = await dumpTables(database, spool, readExpected);
        const head = {
            format: backupFormat,
            platform: platformVersion,
            migration: dump.migration,
            takenAt: takenAt.toISOString(),
        };
        await writer.begin(head);
        const vanished = await copy.write(writer, expected);
        const tables = await markVanished(spool, dump, vanished, takenAt);
        await addTables(writer, spool, tables);
        await addOtherFiles(writer, dataDir);
        const secretKey = await readSecretKey(dataDir);
        if (options.withSecretKey) await writer.addFile(secretKeyName, Buffer.from(`${secretKey}\n`));
        return await writer.finish({
            ...head,
            secretKey: { isIncluded: options.withSecretKey, fingerprint: fingerprintOf(secretKey) },
            tables,
            sequences: dump.sequences,
        });
    } catch (error) {
        writer.abort(error as Error);
        throw error;
    } finally {
        await rm(spool, { recursive: true, force: true });
    }
}

async function addTables(writer: ArchiveWriter, spool: string, tables: Dump["tables"]): Promise<void> {
    for (const table of Object.keys(tables)) {
        const file = dumpFile(spool, table);
        await writer.addStream(`database/${table}.jsonl`, (await stat(file)).size, createReadStream(file));
    }
}

/** Files that a row names were there before the row; those that went meanwhile belong to rows that went. */
async function addOtherFiles(writer: ArchiveWriter, dataDir: string): Promise<void> {
    for await (const { name, handle } of listOtherFiles(dataDir)) {
        const { size } = await handle.stat();
        if (size > 0)
            await writer.addStream(`files/${name}`, size, createReadStream("", { fd: handle, end: size - 1 }));
        else {
            await handle.close();
            await writer.addFile(`files/${name}`, Buffer.alloc(0));
        }
    }
}

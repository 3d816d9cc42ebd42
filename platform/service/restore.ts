import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { Problem } from "section-model";
import { readArchive } from "../archive/archive-reader";
import type { Manifest } from "../archive/manifest";
import { fingerprintOf, secretKeyName } from "../auth/secret-key";
import { syncFolder } from "../git/references/reference-update";
import { openRepositories } from "../git/repositories";
import { lockDirectory } from "../store/directory-lock";
import { dropTables, loadTables } from "../store/load-tables";
import { releaseEffects } from "../store/outbox";
import { currentMigration, listTables, migrate, requireKnownMigration } from "../store/schema";
import { openStore, type Store, type StoreOptions } from "../store/store";
import { Extraction } from "./backup-extraction";
import { listContent, requireNoRestore, restoringName } from "./data-folder";

export interface RestoreTarget {
    dataDir: string;
    /** A PostgreSQL server instead of the embedded database. */
    databaseUrl?: string;
    /** The file with the secret key, for a backup without one. */
    secretKeyFile?: string;
    /** Told of parts of the archive that the platform does not take. */
    onSkipped?(what: string): void;
}

async function requireEmptyFolder(dataDir: string): Promise<void> {
    await requireNoRestore(dataDir);
    const content = await listContent(dataDir);
    if (content.length > 0)
        throw new Problem("place-occupied", `${dataDir} is not empty: it has ${content.slice(0, 5).join(", ")}`);
}

async function requireEmptyDatabase({ database }: Store): Promise<void> {
    const tables = await listTables(database);
    if (tables.length > 0 || (await currentMigration(database)) !== undefined)
        throw new Problem("place-occupied", `the database is not empty: it has ${tables.slice(0, 5).join(", ")}`, {
            remedy: "Name an empty database",
        });
}

/** The key of the backup, or the file that was given in its place: with another key no secret could be opened. */
async function placeSecretKey(folder: string, { secretKey }: Manifest, keyFile: string | undefined): Promise<void> {
    if (!secretKey.isIncluded && keyFile === undefined)
        throw new Problem("invalid-input", "the backup has no secret key", {
            remedy: "Give the file that was kept apart with --secret-key-file",
        });
    const from = secretKey.isIncluded ? path.join(folder, secretKeyName) : (keyFile as string);
    const key = await readFile(from, "utf8");
    if (fingerprintOf(key) !== secretKey.fingerprint)
        throw new Problem("invalid-input", `${from} is not the key of this backup`, {
            remedy: "Give the secret.key of the platform that was backed up",
        });
    if (!secretKey.isIncluded)
        await writeFile(path.join(folder, secretKeyName), `${key.trim()}\n`, { mode: 0o600, flush: true });
}

/**
 * Puts a backup into an empty place: all of it, or nothing. Everything goes into a folder that keeps platforms from
 * starting until it is gone: content that nobody has compared with its checksums yet, then the database, then moves
 * into place.
 */
export async function restoreBackup(
    source: Readable,
    { dataDir: folder, databaseUrl, secretKeyFile, onSkipped }: RestoreTarget,
): Promise<Manifest> {
    const dataDir = path.resolve(folder);
    const unlock = await lockDirectory(dataDir);
    const staging = path.join(dataDir, restoringName);
    const [content, rows] = [path.join(staging, "content"), path.join(staging, "rows")];
    try {
        await requireEmptyFolder(dataDir);
        await mkdir(content, { recursive: true, mode: 0o700 });
        const manifest = await fill().catch(async (error) => {
            for (const name of await listContent(dataDir))
                await rm(path.join(dataDir, name), { recursive: true, force: true });
            throw error;
        });
        await rm(staging, { recursive: true });
        await syncFolder(dataDir);
        return manifest;
    } finally {
        await unlock();
    }

    async function fill(): Promise<Manifest> {
        const where = { dataDir: content, databaseUrl };
        if (databaseUrl !== undefined) await withStore(where, requireEmptyDatabase); // now, not after a long copy
        const extraction = new Extraction(
            content,
            rows,
            await openRepositories({ root: path.join(content, "repositories") }),
        );
        // nothing writes any more to a folder that is taken away
        const manifest = await readArchive(source, extraction).finally(() => extraction.settle());
        await extraction.finish();
        for (const what of extraction.skipped) onSkipped?.(what);
        await placeSecretKey(content, manifest, secretKeyFile);
        const place = async () => {
            for (const name of await listContent(content))
                await rename(path.join(content, name), path.join(dataDir, name));
        };
        // repositories without rows are found by `check`; rows without repositories never stand anywhere
        await withStore(where, (store) =>
            fillDatabase(store, rows, manifest, store.isExclusive ? async () => {} : place),
        );
        if (databaseUrl === undefined) await place();
        return manifest;
    }
}

async function withStore(
    where: Pick<StoreOptions, "dataDir" | "databaseUrl">,
    work: (store: Store) => Promise<void>,
): Promise<void> {
    const store = await openStore({ ...where, isRaw: true });
    await work(store).finally(() => store.close());
}

/** Fills a database that is empty and calls `place` at the moment from which the rows count; or leaves it empty. */
async function fillDatabase(store: Store, rows: string, manifest: Manifest, place: () => Promise<void>): Promise<void> {
    requireKnownMigration(manifest.migration);
    await requireEmptyDatabase(store);
    try {
        await migrate(store.database, manifest.migration);
        await store.transact(async (transaction) => {
            await loadTables(transaction, rows, manifest);
            await releaseEffects(transaction);
            await place();
        });
    } catch (error) {
        await dropTables(store.database).catch(() => {}); // the first failure is the one to tell
        throw error;
    }
}

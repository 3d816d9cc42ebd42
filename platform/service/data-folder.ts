import { type FileHandle, open, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Problem } from "section-model";

/** Begins the name of the folder where a backup puts rows before it knows their number. */
export const spoolPrefix = "backup-";
/**
 * The folder where a restore puts everything before it knows that it is whole. While it exists, no platform may start.
 */
export const restoringName = "restoring";
/** The socket where a running platform takes orders from this machine. */
export const controlName = "control.sock";

const special = new RegExp(
    `^(database|repositories|secret\\.key.*|${restoringName}|${controlName}|lost\\+found|section-platform\\.lock\\..*|${spoolPrefix}.*)$`,
);
const abandonedMs = 86_400_000;

/** True for names that have a place of their own in a backup, or none. */
export function isSpecial(name: string): boolean {
    return special.test(name);
}

/** The names in a data folder, without those that an unused folder may have. */
export async function listContent(dataDir: string): Promise<string[]> {
    return (await readdir(dataDir)).filter((name) => !/^(lost\+found|section-platform\.lock\..*)$/.test(name));
}

/** Throws `restore-unfinished` while a restore fills a data folder, or when one was killed. */
export async function requireNoRestore(dataDir: string): Promise<void> {
    const isThere = await stat(path.join(dataDir, restoringName)).catch(() => undefined);
    if (isThere) throw new Problem("restore-unfinished", `a restore into ${dataDir} is under way, or was not finished`);
}

export interface OtherFile {
    /** From the data folder. */
    name: string;
    handle: FileHandle;
}

/** Every file in a data folder that is neither the database's nor a repository's. The caller closes each. */
export async function* listOtherFiles(dataDir: string): AsyncGenerator<OtherFile> {
    for (const top of (await readdir(dataDir, { withFileTypes: true })).filter(({ name }) => !isSpecial(name))) {
        const nested = top.isDirectory()
            ? await readdir(path.join(dataDir, top.name), { recursive: true, withFileTypes: true })
            : [top];
        for (const entry of nested.filter((each) => each.isFile())) {
            const file = path.join(entry.parentPath, entry.name);
            const handle = await open(file, "r").catch((error) => {
                if (error.code !== "ENOENT") throw error;
            });
            if (handle) yield { name: path.relative(dataDir, file), handle };
        }
    }
}

/** Removes leftovers of backups that nobody waits for any more. */
export async function removeAbandonedSpools(dataDir: string): Promise<void> {
    for (const name of (await readdir(dataDir)).filter((each) => each.startsWith(spoolPrefix))) {
        const folder = path.join(dataDir, name);
        const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
        if (Date.now() - mtimeMs > abandonedMs) await rm(folder, { recursive: true, force: true });
    }
}

import type { Dirent } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";

/** What a crash can leave in a repository: locks, objects half written, pushes half received. */
const debris = /\.lock$|^tmp_|^incoming-|^tmp_objdir-/;

async function listFolder(folder: string): Promise<Dirent[]> {
    return readdir(folder, { withFileTypes: true }).catch(() => []);
}

async function olderThan(file: string, ageMs: number): Promise<boolean> {
    if (ageMs === 0) return true;
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }));
    return Date.now() - mtimeMs > ageMs;
}

/** Folders of a repository in which debris can lie. Object folders are only looked into when asked: they are many. */
async function foldersOf(gitDir: string): Promise<string[]> {
    const heads = path.join(gitDir, "refs", "heads");
    const nested = (await listFolder(heads)).filter((entry) => entry.isDirectory()).map(({ name }) => path.join(heads, name));
    return [gitDir, path.join(gitDir, "objects"), path.join(gitDir, "objects", "pack"), heads, ...nested];
}

/**
 * Removes what a crash left in one repository.
 * `ageMs` protects the work of other living processes on a shared volume; 0 when this process is alone.
 */
export async function healRepository(gitDir: string, ageMs = 0): Promise<number> {
    let removed = 0;
    for (const folder of await foldersOf(gitDir)) {
        for (const { name } of (await listFolder(folder)).filter((entry) => debris.test(entry.name))) {
            const file = path.join(folder, name);
            if (!(await olderThan(file, ageMs))) continue;
            await rm(file, { recursive: true, force: true });
            removed += 1;
        }
    }
    return removed;
}

import type { Dirent } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";

/** Files that a crash can leave in a repository: locks, objects half written, pushes half received. */
const debris = /\.lock$|^tmp_|^incoming-|^tmp_objdir-|^\.tmp-/;

async function listFolder(folder: string): Promise<Dirent[]> {
    return readdir(folder, { withFileTypes: true }).catch(() => []);
}

/** True when a file or folder was written longer ago than that; 0 is any. */
export async function olderThan(file: string, ageMs: number): Promise<boolean> {
    if (ageMs === 0) return true;
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }));
    return Date.now() - mtimeMs > ageMs;
}

/**
 * Folders of a repository in which debris can lie. Those of loose objects are only looked into when asked: they are
 * many.
 */
async function foldersOf(gitDir: string, deep: boolean): Promise<string[]> {
    const objects = path.join(gitDir, "objects");
    const references = path.join(gitDir, "refs");
    const nested = await readdir(references, { recursive: true, withFileTypes: true }).catch(() => []);
    const loose = deep ? (await listFolder(objects)).filter(({ name }) => /^[0-9a-f]{2}$/.test(name)) : [];
    return [
        gitDir,
        objects,
        path.join(objects, "pack"),
        ...nested.filter((entry) => entry.isDirectory()).map((entry) => path.join(entry.parentPath, entry.name)),
        ...loose.map(({ name }) => path.join(objects, name)),
    ];
}

/**
 * Removes leftovers of a crash in one repository.
 * `ageMs` protects the work of living processes; 0 when nobody works on it. `deep` looks between loose objects too.
 */
export async function healRepository(gitDir: string, ageMs = 0, deep = false): Promise<number> {
    let removed = 0;
    for (const folder of await foldersOf(gitDir, deep)) {
        for (const { name } of (await listFolder(folder)).filter((entry) => debris.test(entry.name))) {
            const file = path.join(folder, name);
            if (!(await olderThan(file, ageMs))) continue;
            await rm(file, { recursive: true, force: true });
            removed += 1;
        }
    }
    return removed;
}

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
 * The files and folders of a repository among which debris can lie. Those between loose objects are only looked for
 * when asked: they are many.
 */
async function listPlaces(gitDir: string, deep: boolean): Promise<Dirent[]> {
    const objects = path.join(gitDir, "objects");
    const [own, inObjects, packs, references] = await Promise.all([
        listFolder(gitDir),
        listFolder(objects),
        listFolder(path.join(objects, "pack")),
        readdir(path.join(gitDir, "refs"), { recursive: true, withFileTypes: true }).catch(() => []),
    ]);
    const loose = deep ? inObjects.filter(({ name }) => /^[0-9a-f]{2}$/.test(name)) : [];
    const between = await Promise.all(loose.map(({ name }) => listFolder(path.join(objects, name))));
    return [...own, ...inObjects, ...packs, ...references, ...between.flat()];
}

/**
 * Removes leftovers of a crash in one repository.
 * `ageMs` protects the work of living processes; 0 when nobody works on it. `deep` looks between loose objects too.
 */
export async function healRepository(gitDir: string, ageMs = 0, deep = false): Promise<number> {
    let removed = 0;
    for (const { parentPath, name } of (await listPlaces(gitDir, deep)).filter((entry) => debris.test(entry.name))) {
        const file = path.join(parentPath, name);
        if (!(await olderThan(file, ageMs))) continue;
        await rm(file, { recursive: true, force: true });
        removed += 1;
    }
    return removed;
}

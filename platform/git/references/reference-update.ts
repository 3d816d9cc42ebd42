import { open, readdir, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { Problem } from "section-model";
import { type FileLock, lockFile } from "./reference-lock";
import { branchOfRef, refOfBranch } from "./reference-name";
import { listAllReferences, readPackedReferences, resolveReference } from "./references";

/** Moves `ref` from one object to another; undefined stands for nothing. */
export interface ReferenceUpdate {
    ref: string;
    before: string | undefined;
    after: string | undefined;
}

/** git itself holds this one, and for longer: while it packs all references. */
const packedDeadAfterMs = 600_000;

const nameOf = (ref: string) =>
    branchOfRef(ref) === undefined ? `tag ${ref.replace("refs/tags/", "")}` : `branch ${branchOfRef(ref)}`;

/** A file cannot be a folder too: `a` and `a/b` do not stand beside each other. */
async function refuseNesting(gitDir: string, ref: string): Promise<void> {
    for (const other of (await listAllReferences(gitDir)).keys()) {
        if (other.startsWith(`${ref}/`) || ref.startsWith(`${other}/`))
            throw new Problem("invalid-input", `${nameOf(ref)} and ${nameOf(other)} cannot stand beside each other`, {
                remedy: "Choose another name",
            });
    }
}

/**
 * Locks a reference and makes sure that it has the expected value. The new value is then in the lock's file.
 */
async function prepare(gitDir: string, { ref, before, after }: ReferenceUpdate): Promise<FileLock> {
    // a restored row may have any name of an environment
    if (!/^refs\/(heads|tags)\/./.test(ref) || ref.split("/").includes(".."))
        throw new Problem("internal", `${JSON.stringify(ref)} is no reference`);
    const lock = await lockFile(path.join(gitDir, ref), nameOf(ref));
    try {
        const current = await resolveReference(gitDir, ref);
        if (current !== before)
            throw new Problem(
                "head-moved",
                `${nameOf(ref)} is at ${current ?? "nothing"}, not at ${before ?? "nothing"}`,
            );
        if (current === undefined) await refuseNesting(gitDir, ref);
        if (after === undefined) return lock;
        await lock.handle.writeFile(`${after}\n`);
        await lock.handle.sync(); // all values are on the disk before the first one counts
        return lock;
    } catch (error) {
        await lock.release();
        throw error;
    }
}

/**
 * Takes references out of packed-refs, as git does: before their own files go, so that an old value cannot come back.
 */
async function unpackReferences(gitDir: string, refs: readonly string[]): Promise<void> {
    const file = path.join(gitDir, "packed-refs");
    const packed = await readPackedReferences(gitDir);
    if (!refs.some((ref) => packed.has(ref))) return;
    const lock = await lockFile(file, "the list of packed references", packedDeadAfterMs);
    try {
        const rest = [...(await readPackedReferences(gitDir))]
            .filter(([ref]) => !refs.includes(ref))
            .map(([ref, oid]) => `${oid} ${ref}`);
        await lock.handle.writeFile(["# pack-refs with: ", ...rest, ""].join("\n"));
        await lock.handle.sync();
        await lock.requireHeld();
        await lock.replace();
    } finally {
        await lock.release();
    }
}

/** Removes a folder that holds nothing but such folders. */
async function removeEmptyFolder(folder: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) if (entry.isDirectory()) await removeEmptyFolder(path.join(folder, entry.name));
    await rmdir(folder).catch(() => {}); // not a folder, not empty, not there: the next step finds out
}

async function finish(gitDir: string, { ref, before, after }: ReferenceUpdate, lock: FileLock): Promise<void> {
    const file = path.join(gitDir, ref);
    if (before === undefined) await removeEmptyFolder(file); // of branches below it that are gone
    if (after === undefined) await rm(file, { force: true });
    else await lock.replace();
    await syncFolder(path.dirname(file));
}

/**
 * Moves references, all of them or none: each is locked and looked at before the first one moves. On the disk when this
 * returns. Throws `head-moved` for one that is somewhere else, `invalid-input` for a name that collides.
 */
export async function moveReferences(gitDir: string, updates: readonly ReferenceUpdate[]): Promise<void> {
    const locks: [ReferenceUpdate, FileLock][] = [];
    try {
        // in order, so that two pushes to the same ones cannot wait for each other
        for (const update of [...updates].sort((one, other) => (one.ref < other.ref ? -1 : 1)))
            locks.push([update, await prepare(gitDir, update)]);
        await unpackReferences(
            gitDir,
            updates.filter(({ after }) => after === undefined).map(({ ref }) => ref),
        );
        for (const [, lock] of locks) await lock.requireHeld();
        for (const [update, lock] of locks) await finish(gitDir, update, lock);
    } finally {
        for (const [, lock] of locks) await lock.release();
    }
}

/** Moves a branch from `expected` (undefined: it must not exist) to `next`. */
export async function moveReference(
    gitDir: string,
    branch: string,
    expected: string | undefined,
    next: string | undefined,
): Promise<void> {
    await moveReferences(gitDir, [{ ref: refOfBranch(branch), before: expected, after: next }]);
}

/** Makes renames inside a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
    const handle = await open(folder, "r");
    try {
        await handle.sync();
    } finally {
        await handle.close();
    }
}

import { open, readdir, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { isProblem, Problem } from "section-model";
import { settleAll } from "../settle-all";
import { type FileLock, lockFile } from "./reference-lock";
import { branchOfRef, refOfBranch } from "./reference-name";
import { ReferenceNames } from "./reference-names";
import { listNames, readPackedReferences, resolveReferences } from "./references";

/** Moves `ref` from one object to another; undefined stands for nothing. */
export interface ReferenceUpdate {
    ref: string;
    before: string | undefined;
    after: string | undefined;
}

/** git itself holds this one, and for longer: while it packs all references. */
const packedDeadAfterMs = 600_000;
/** Each is an open file. */
const lockedAtOnce = 50;
/** A client that fetches or pushes is told all of them. */
export const mostReferences = 20_000;

const nameOf = (ref: string) =>
    branchOfRef(ref) === undefined ? `tag ${ref.replace("refs/tags/", "")}` : `branch ${branchOfRef(ref)}`;

interface Moving {
    update: ReferenceUpdate;
    lock: FileLock;
}

/** A restored row may have any name of an environment: none leads out of the folders of branches and tags. */
function fileOf(gitDir: string, ref: string): string {
    if (!/^refs\/(heads|tags)\/./.test(ref) || ref.split("/").includes(".."))
        throw new Problem("internal", `${JSON.stringify(ref)} is no reference`);
    return path.join(gitDir, ref);
}

async function lockReference(gitDir: string, ref: string): Promise<FileLock> {
    return lockFile(fileOf(gitDir, ref), nameOf(ref));
}

/** Makes sure that a locked reference has the expected value, and that a new one has a place. */
async function check(gitDir: string, moving: Moving, current: string | undefined, names: KnownNames): Promise<void> {
    const { ref, before, after } = moving.update;
    if (current !== before)
        throw new Problem("head-moved", `${nameOf(ref)} is at ${current ?? "nothing"}, not at ${before ?? "nothing"}`);
    if (current !== undefined || after === undefined) return;
    names.known ??= new ReferenceNames(await listNames(gitDir));
    const rival = names.known.findRival(ref);
    if (rival !== undefined)
        throw new Problem("invalid-input", `${nameOf(ref)} and ${nameOf(rival)} cannot stand beside each other`, {
            remedy: "Choose another name",
        });
    if (names.known.size >= mostReferences)
        throw new Problem(
            "invalid-input",
            `the repository has ${mostReferences} branches and tags, which is the most`,
            {
                remedy: "Delete some that nobody needs",
            },
        );
    names.known.add(ref);
}

/** Writes the new value into the lock's file. */
async function prepare({ update: { after }, lock }: Moving): Promise<void> {
    if (after === undefined) return;
    await lock.handle.writeFile(`${after}\n`);
    await lock.handle.sync(); // all values are on the disk before the first one counts
}

/**
 * Takes references out of packed-refs, as git does: before their own files go, so that an old value cannot come back.
 */
async function unpackReferences(gitDir: string, refs: readonly string[]): Promise<void> {
    if (refs.length === 0) return;
    const file = path.join(gitDir, "packed-refs");
    const packed = await readPackedReferences(gitDir);
    if (!refs.some((ref) => packed.has(ref))) return;
    const isGone = new Set(refs);
    const lock = await lockFile(file, "the list of packed references", packedDeadAfterMs);
    try {
        const rest = [...(await readPackedReferences(gitDir))]
            .filter(([ref]) => !isGone.has(ref))
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

/** Returns the folder that has to be synced. */
async function finish(gitDir: string, { update: { ref, before, after }, lock }: Moving): Promise<string> {
    const file = path.join(gitDir, ref);
    if (before === undefined) await removeEmptyFolder(file); // of branches below it that are gone
    if (after === undefined) await rm(file, { force: true });
    else await lock.replace();
    return path.dirname(file);
}

/** Read when the first new reference is made. */
interface KnownNames {
    known?: ReferenceNames;
}

/**
 * Moves references: each is locked and looked at before the first one moves, and lists are read once for all. What
 * fails is told to `onFailed`, which may throw to keep all others where they are.
 */
async function move(
    gitDir: string,
    updates: readonly ReferenceUpdate[],
    names: KnownNames,
    onFailed: (update: ReferenceUpdate, error: unknown) => void,
): Promise<void> {
    const movings = new Map<string, Moving>();
    const drop = async (update: ReferenceUpdate, error: unknown) => {
        const { lock } = movings.get(update.ref) ?? {};
        onFailed(update, error);
        movings.delete(update.ref);
        await lock?.release();
    };
    try {
        // in order, so that two pushes to the same ones cannot wait for each other
        for (const update of [...updates].sort((one, other) => (one.ref < other.ref ? -1 : 1)))
            await lockReference(gitDir, update.ref).then(
                (lock) => void movings.set(update.ref, { update, lock }),
                (error) => drop(update, error),
            );
        const current = await resolveReferences(gitDir, [...movings.keys()]);
        for (const [ref, moving] of movings)
            await check(gitDir, moving, current.get(ref), names).catch((error) => drop(moving.update, error));
        const moved = [...movings.values()];
        await Promise.all(moved.map(prepare));
        const deleted = moved.map(({ update }) => update).filter(({ after }) => after === undefined);
        await unpackReferences(
            gitDir,
            deleted.map(({ ref }) => ref),
        );
        for (const { lock } of moved) await lock.requireHeld();
        const folders = new Set<string>();
        for (const moving of moved) folders.add(await finish(gitDir, moving));
        for (const folder of folders) await syncFolder(folder);
        for (const { ref } of deleted) names.known?.delete(ref);
    } finally {
        for (const { lock } of movings.values()) await lock.release();
    }
}

/**
 * Moves references, all of them or none. On the disk when this returns. Throws `head-moved` for one that is somewhere
 * else, `invalid-input` for a name that collides.
 */
export async function moveReferences(gitDir: string, updates: readonly ReferenceUpdate[]): Promise<void> {
    await move(gitDir, updates, {}, (_, error) => {
        throw error;
    });
}

/** Moves references, each for itself. Returns those that did not move, with the reason. */
export async function moveSeparately(
    gitDir: string,
    updates: readonly ReferenceUpdate[],
): Promise<Map<ReferenceUpdate, Problem>> {
    const names: KnownNames = {};
    const failed = new Map<ReferenceUpdate, Problem>();
    for (let at = 0; at < updates.length; at += lockedAtOnce)
        await move(gitDir, updates.slice(at, at + lockedAtOnce), names, (update, error) => {
            if (!isProblem(error)) throw error;
            failed.set(update, error);
        });
    return failed;
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

/**
 * Writes the first branch of a repository that nobody sees yet, so without a lock. On the disk when this returns.
 *
 * @param branch a name without folders
 */
export async function writeBranch(gitDir: string, branch: string, oid: string): Promise<void> {
    const file = fileOf(gitDir, refOfBranch(branch));
    const handle = await open(file, "wx");
    try {
        await handle.writeFile(`${oid}\n`);
        await settleAll([handle.sync(), syncFolder(path.dirname(file))]);
    } finally {
        await handle.close();
    }
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

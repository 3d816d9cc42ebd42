import { randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "section-model";

/** The prefix of claims' folders below a repository's objects: git treats such folders as its own. */
const claimPrefix = "incoming-";
/** While this file is there, objects that nothing refers to are being removed. */
const pruneLock = "prune.lock";
const patienceMs = 120_000;
const pauseMs = 50;
const renewEveryMs = 5_000;
const deadAfterMs = 60_000;

const objectsOf = (gitDir: string) => path.join(gitDir, "objects");

/** When a file was written last, by the clock of the volume it lies on; undefined when it is not there. */
async function writtenAt(file: string): Promise<number | undefined> {
    return stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => undefined,
    );
}

/** True while objects are being removed. A lock that is not renewed is a dead process's, whose git died with it. */
async function isBeingPruned(gitDir: string, folder: string): Promise<boolean> {
    const lock = path.join(gitDir, pruneLock);
    const [locked, now] = await Promise.all([writtenAt(lock), writtenAt(folder)]);
    if (locked === undefined || now === undefined || now - locked <= deadAfterMs) return locked !== undefined;
    await rm(lock, { force: true });
    return false;
}

export interface RepositoryClaim {
    /** A folder beside the objects, the claimant's own. */
    folder: string;
    release(): Promise<void>;
}

/**
 * Says that somebody fetches from a repository or writes to it, until it is released: nothing is removed from it
 * meanwhile. A claimant makes a folder and then looks for the lock; a remover makes the lock and then looks for
 * folders. So one of the two always sees the other, in one process as in several on one volume. Leftovers of a crash
 * are healed by age.
 */
export async function claimRepository(gitDir: string): Promise<RepositoryClaim> {
    const folder = path.join(objectsOf(gitDir), `${claimPrefix}${randomBytes(6).toString("hex")}`);
    for (let waitedMs = 0; ; waitedMs += pauseMs) {
        await mkdir(folder).catch((cause) => {
            throw cause.code === "ENOENT" ? new Problem("not-found", "the repository is gone", { cause }) : cause;
        });
        if (!(await isBeingPruned(gitDir, folder))) return { folder, release: () => removeClaim(folder) };
        await removeClaim(folder);
        if (waitedMs >= patienceMs)
            throw new Problem("overloaded", "the repository is being tidied", { retryAfterSeconds: 10 });
        await sleep(pauseMs);
    }
}

/**
 * One that holds something is out of the way at once, so that a git that is still dying cannot put anything more into
 * it.
 */
async function removeClaim(folder: string): Promise<void> {
    const isEmpty = await rmdir(folder).then(
        () => true,
        () => false,
    );
    if (isEmpty) return;
    const gone = `${folder}.gone`;
    await rename(folder, gone).catch(() => {}); // removed with its repository
    await rm(gone, { recursive: true, force: true, maxRetries: 3 });
}

/** Runs a task while nobody has a claim on the repository and nobody gets one; `false` when somebody is at it. */
export async function whileUnclaimed(gitDir: string, task: () => Promise<void>): Promise<boolean> {
    const lock = path.join(gitDir, pruneLock);
    try {
        await writeFile(lock, "", { flag: "wx" });
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
        throw error;
    }
    const renewing = setInterval(() => void writeFile(lock, ".", { flag: "r+" }).catch(() => {}), renewEveryMs);
    try {
        const names = await readdir(objectsOf(gitDir));
        if (names.some((name) => name.startsWith(claimPrefix))) return false;
        await task();
        return true;
    } finally {
        clearInterval(renewing);
        await rm(lock, { force: true });
    }
}

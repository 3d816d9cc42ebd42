import { randomBytes } from "node:crypto";
import { type FileHandle, link, mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "section-model";
import { unlessMissing } from "../objects/missing-file";

const patienceMs = 5000;
/** After this the lock may be a dead process's; its removal, and the choice of the next holder, take a moment. */
const removalMs = 1000;
/** A lock is held for moments. An older one belongs to a dead process. */
const deadAfterMs = 60_000;
/** A process that was held up gives up its lock unused, long before others think it dead. */
const longestMs = 30_000;

/**
 * A file that only one writer at a time replaces: git's own lock, which git and other replicas respect as we respect
 * theirs.
 */
export interface FileLock {
    /** The new content of the locked file, written under the lock's name. */
    handle: FileHandle;
    /** Throws when the lock was held for so long that others may take it over. */
    requireHeld(): Promise<void>;
    /** Puts the content, written and synced by then, in the place of the locked file, which frees the lock. */
    replace(): Promise<void>;
    /** Frees the lock; nothing after `replace`: the next one may hold it by then. */
    release(): Promise<void>;
}

function holdLock(handle: FileHandle, name: string, file: string): FileLock {
    const takenAtMs = Date.now();
    let isHeld = true;
    const isOwn = async () => (await unlessMissing(stat(name)))?.ino === (await handle.stat()).ino;
    const lost = () =>
        new Problem("overloaded", "the disk was too slow: a lock was held for too long, and nothing was written", {
            retryAfterSeconds: 5,
        });
    return {
        handle,
        requireHeld: async () => {
            if (Date.now() - takenAtMs > longestMs || !(await isOwn())) throw lost();
        },
        replace: async () => {
            if (!(await isOwn())) throw lost();
            await rename(name, file);
            isHeld = false;
        },
        release: async () => {
            if (isHeld && (await isOwn())) await rm(name, { force: true });
            await handle.close();
            isHeld = false;
        },
    };
}

/** The time by the clock of the volume, which others that write to it have too. */
async function timeAt(name: string): Promise<number> {
    const probe = `${name}.${randomBytes(6).toString("hex")}.lock`;
    const handle = await open(probe, "wx");
    try {
        return (await handle.stat()).mtimeMs;
    } finally {
        await handle.close();
        await rm(probe, { force: true });
    }
}

/**
 * Removes the lock of a process that died with it, as a replica may. Of several processes that see it, the one that
 * gives it a second name removes it, after another look: the named file may be the next holder's lock.
 */
export async function removeDead(name: string, ageMs: number): Promise<void> {
    const seen = await unlessMissing(stat(name));
    if (seen === undefined || (await timeAt(name)) - seen.mtimeMs < ageMs) return;
    const dead = `${name}.dead.lock`;
    try {
        await link(name, dead);
    } catch (error) {
        if (["EEXIST", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) return;
        throw error;
    }
    try {
        const named = await stat(dead);
        if (named.ino === seen.ino && named.mtimeMs === seen.mtimeMs) await rm(name, { force: true });
    } finally {
        await rm(dead, { force: true });
    }
}

/**
 * Takes the lock of a file, making the folder it lies in. `what` names it for people.
 *
 * @param ageMs how old the lock of a process must be that is taken for dead
 */
export async function lockFile(file: string, what: string, ageMs = deadAfterMs): Promise<FileLock> {
    const name = `${file}.lock`;
    for (let waitedMs = 0; ; ) {
        try {
            await mkdir(path.dirname(file), { recursive: true });
            const handle = await open(name, "wx");
            return holdLock(handle, name, file);
        } catch (error) {
            const { code } = error as NodeJS.ErrnoException;
            if (code === "ENOTDIR" || (code === "EEXIST" && (error as NodeJS.ErrnoException).syscall === "mkdir"))
                throw new Problem("invalid-input", `${what} stands below another one of that name`, {
                    remedy: "Choose another name",
                    cause: error,
                });
            // ENOENT: another writer has removed the folder because it was empty
            if (code !== "EEXIST" && code !== "ENOENT") throw error;
            if (waitedMs >= patienceMs) await removeDead(name, ageMs);
            if (waitedMs >= patienceMs + removalMs)
                throw new Problem("overloaded", `${what} is locked by another writer`, { retryAfterSeconds: 5 });
            const pauseMs = 2 + Math.random() * 20;
            await sleep(pauseMs);
            waitedMs += pauseMs;
        }
    }
}

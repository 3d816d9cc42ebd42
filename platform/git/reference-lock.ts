import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "section-model";

const patienceMs = 5000;

/** A file that only one writer at a time replaces: git's own lock, which git and other replicas respect as we respect theirs. */
export interface FileLock {
    /** What the locked file will be, written under the lock's name. */
    handle: FileHandle;
    /** Puts what was written, and synced, in the place of the locked file, which frees the lock. */
    replace(): Promise<void>;
    /** Frees the lock; nothing after `replace`: the next one may hold it by then. */
    release(): Promise<void>;
}

function holdLock(handle: FileHandle, name: string, file: string): FileLock {
    let isHeld = true;
    return {
        handle,
        replace: async () => {
            await rename(name, file);
            isHeld = false;
        },
        release: async () => {
            await handle.close();
            if (isHeld) await rm(name, { force: true });
            isHeld = false;
        },
    };
}

/** Takes the lock of a file, making the folder it lies in. `what` names it for people. */
export async function lockFile(file: string, what: string): Promise<FileLock> {
    const name = `${file}.lock`;
    for (let waitedMs = 0; ; ) {
        try {
            await mkdir(path.dirname(file), { recursive: true });
            const handle = await open(name, "wx");
            return holdLock(handle, name, file);
        } catch (error) {
            const { code } = error as NodeJS.ErrnoException;
            if (code === "ENOTDIR" || (code === "EEXIST" && (error as NodeJS.ErrnoException).syscall === "mkdir"))
                throw new Problem("invalid-input", `${what} stands below another one of that name`, { remedy: "Choose another name", cause: error });
            // ENOENT: another writer has removed the folder because it was empty
            if (code !== "EEXIST" && code !== "ENOENT") throw error;
            if (waitedMs >= patienceMs) throw new Problem("overloaded", `${what} is locked by another writer`, { retryAfterSeconds: 5 });
            const pauseMs = 2 + Math.random() * 20;
            await sleep(pauseMs);
            waitedMs += pauseMs;
        }
    }
}

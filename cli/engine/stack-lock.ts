import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { printableLine, type UrnParts } from "pulumi-section/internal";
import { Problem } from "section-model";
import { isAlive, isNowhere, isSameSpace, readProcessSpace } from "./process-space";
import type { UnsavedMark } from "./unsaved-mark";

/** The lock of a stack in a folder, as the engine writes it. */
export interface StackLock {
    file: string;
    pid: number;
    username: string;
    hostname: string;
    timestamp: string;
}

/** An `up` locks its stack so soon after it begins. */
const soonMs = 60_000;

/** The locks of a stack whose state is in a folder. The engine makes one for each operation. */
export async function listLocks(
    folder: string,
    { project, stack }: Pick<UrnParts, "project" | "stack">,
): Promise<StackLock[]> {
    const all = path.join(folder, ".pulumi", "locks");
    // a backend of an older engine has no projects
    const places = [path.join(all, "organization", project, stack), path.join(all, stack)];
    const files = await Promise.all(
        places.map(async (place) => (await readdir(place).catch(() => [])).map((name) => path.join(place, name))),
    );
    const locks = await Promise.all(
        files.flat().map(async (file) => {
            const text = file.endsWith(".json") ? await readFile(file, "utf8").catch(() => "") : "";
            return text === "" ? [] : [{ ...(JSON.parse(text) as StackLock), file }];
        }),
    );
    return locks.flat();
}

/** Whether the process that made a lock is certainly gone. `mark`: of the last run, which knows more of its place. */
export async function isLeft({ pid, hostname, timestamp }: StackLock, mark: UnsavedMark | undefined): Promise<boolean> {
    const here = await readProcessSpace();
    if (hostname !== here.host) return false;
    if (await isNowhere(pid)) return true;
    const sinceMs = mark === undefined ? Number.NaN : Date.parse(timestamp) - Date.parse(mark.since);
    return mark !== undefined && isSameSpace(mark, here) && sinceMs >= 0 && sinceMs < soonMs && !(await isAlive(pid));
}

function refuse({ pid, username, hostname, timestamp }: StackLock): never {
    throw new Problem(
        "invalid-input",
        printableLine(`the stack is locked by process ${pid} of ${username} on ${hostname}, since ${timestamp}`),
        { remedy: "Wait until the process ends; if it certainly has ended, run pulumi cancel, then run this again" },
    );
}

/**
 * Removes the locks that a killed process of this host has left, and no others. Returns those.
 *
 * @throws Problem for a lock whose process lives, or may live elsewhere
 */
export async function removeLeftLocks(locks: readonly StackLock[], mark: UnsavedMark | undefined): Promise<void> {
    for (const lock of locks) if (!(await isLeft(lock, mark))) refuse(lock);
    // the engine's own way removes all locks, and another run may have made one since
    for (const { file } of locks) for (const each of [file, `${file}.attrs`]) await rm(each, { force: true });
}

import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "section-model";
import { refOfBranch } from "./refname";

const oidLine = /^[0-9a-f]{40}\n?$/;
const isMissing = (error: unknown) => ["ENOENT", "ENOTDIR", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "");

async function readPackedReferences(gitDir: string): Promise<Map<string, string>> {
    const text = await readFile(path.join(gitDir, "packed-refs"), "utf8").catch((error) => {
        if (isMissing(error)) return "";
        throw error;
    });
    const lines = text.split("\n").filter((line) => /^[0-9a-f]{40} /.test(line));
    return new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]));
}

/** The commit a branch points to, or undefined. */
export async function readReference(gitDir: string, branch: string): Promise<string | undefined> {
    try {
        const text = await readFile(path.join(gitDir, refOfBranch(branch)), "utf8");
        return oidLine.test(text) ? text.slice(0, 40) : undefined;
    } catch (error) {
        if (!isMissing(error)) throw error;
        return (await readPackedReferences(gitDir)).get(refOfBranch(branch));
    }
}

/** Every branch with its commit, sorted by name. */
export async function listReferences(gitDir: string): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const [ref, oid] of await readPackedReferences(gitDir)) {
        if (ref.startsWith("refs/heads/")) found.set(ref.slice("refs/heads/".length), oid);
    }
    const heads = path.join(gitDir, "refs/heads");
    const entries = await readdir(heads, { recursive: true, withFileTypes: true }).catch((error) => {
        if (isMissing(error)) return [];
        throw error;
    });
    for (const entry of entries) {
        if (!entry.isFile() || entry.name.endsWith(".lock")) continue;
        const branch = path.relative(heads, path.join(entry.parentPath, entry.name));
        const oid = await readReference(gitDir, branch);
        if (oid !== undefined) found.set(branch, oid);
    }
    return new Map([...found].sort(([one], [two]) => (one < two ? -1 : 1)));
}

const lockPatienceMs = 5000;

/** Takes git's own lock of a ref; git and other replicas respect it and we respect theirs. */
async function lockReference(lockFile: string, branch: string) {
    for (let waitedMs = 0; ; ) {
        try {
            return await open(lockFile, "wx");
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
            if (waitedMs >= lockPatienceMs) throw new Problem("overloaded", `branch ${branch} is locked by another writer`, { retryAfterSeconds: 5 });
            const pauseMs = 2 + Math.random() * 20;
            await sleep(pauseMs);
            waitedMs += pauseMs;
        }
    }
}

async function makeFolder(folder: string, branch: string): Promise<void> {
    try {
        await mkdir(folder, { recursive: true });
    } catch (cause) {
        if (!["EEXIST", "ENOTDIR"].includes((cause as NodeJS.ErrnoException).code ?? "")) throw cause;
        throw new Problem("invalid-input", `branch ${branch} stands below another branch of that name`, { remedy: "Choose another name", cause });
    }
}

/** Moves a branch from `expected` (undefined: it must not exist) to `next`, or throws `head-moved`. On the disk when this returns. */
export async function moveReference(gitDir: string, branch: string, expected: string | undefined, next: string): Promise<void> {
    const file = path.join(gitDir, refOfBranch(branch));
    await makeFolder(path.dirname(file), branch);
    const handle = await lockReference(`${file}.lock`, branch);
    try {
        const current = await readReference(gitDir, branch);
        if (current !== expected) {
            throw new Problem("head-moved", `branch ${branch} is at ${current ?? "nothing"}, not at ${expected ?? "nothing"}`);
        }
        await handle.writeFile(`${next}\n`);
        await handle.sync();
        await rename(`${file}.lock`, file);
        await syncFolder(path.dirname(file));
    } catch (error) {
        await rm(`${file}.lock`, { force: true });
        throw error;
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

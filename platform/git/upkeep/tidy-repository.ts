import { readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Git } from "../process/git";
import { mendConfiguration } from "./furnish-repository";
import { healRepository } from "./heal-repository";
import { whileUnclaimed } from "./repository-claim";

const day = 86_400_000;

export interface TidyRules {
    /** So many loose objects or packs are packed together. */
    mostLoose: number;
    mostPacks: number;
    /** So many references that are files of their own are put into one. */
    mostReferences: number;
    /** Objects that nothing refers to are looked for this often. */
    pruneEveryMs: number;
    /** They are removed when they are so old. */
    expiryMs: number;
    /** No reference may have moved for so long: longer than a request lasts. */
    quietMs: number;
    /** Debris of a process that died is older than this. */
    debrisAgeMs: number;
}

export const tidyRules: TidyRules = {
    mostLoose: 300,
    mostPacks: 10,
    mostReferences: 200,
    pruneEveryMs: 7 * day,
    expiryMs: 14 * day,
    quietMs: 7_200_000,
    debrisAgeMs: 7_200_000,
};

const timeoutMs = 1_800_000;
const lockName = "housekeeping.lock";
/** Its time says when objects without a reference were last looked for. */
const stampName = "section-pruned";

async function listNames(folder: string): Promise<string[]> {
    return readdir(folder).catch(() => []);
}

async function countLoose(gitDir: string, enough: number): Promise<number> {
    const objects = path.join(gitDir, "objects");
    let count = 0;
    for (const name of await listNames(objects)) {
        if (!/^[0-9a-f]{2}$/.test(name)) continue;
        count += (await listNames(path.join(objects, name))).length;
        if (count > enough) break;
    }
    return count;
}

async function countPacks(gitDir: string): Promise<number> {
    return (await listNames(path.join(gitDir, "objects", "pack"))).filter((name) => name.endsWith(".pack")).length;
}

/** True when git has put objects without a reference aside. */
async function hasCruft(gitDir: string): Promise<boolean> {
    return (await listNames(path.join(gitDir, "objects", "pack"))).some((name) => name.endsWith(".mtimes"));
}

/** Every file and folder that holds references. */
async function listReferenceFiles(gitDir: string): Promise<{ file: string; isFile: boolean }[]> {
    const root = path.join(gitDir, "refs");
    const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
    return entries.map((entry) => ({ file: path.join(entry.parentPath, entry.name), isFile: entry.isFile() }));
}

async function ageOf(file: string): Promise<number> {
    return stat(file).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => Number.POSITIVE_INFINITY,
    );
}

/**
 * The time since any reference was made, moved or removed: each of these leaves its time on a folder or on packed-refs.
 */
async function quietFor(gitDir: string): Promise<number> {
    const files = [...(await listReferenceFiles(gitDir)).map(({ file }) => file), path.join(gitDir, "packed-refs")];
    return Math.min(...(await Promise.all(files.map(ageOf))));
}

/** Packs loose objects. Nothing is lost by it: git takes an object away only once it has read it in the new pack. */
async function pack(git: Git, gitDir: string, rules: TidyRules): Promise<boolean> {
    const isDue =
        (await countLoose(gitDir, rules.mostLoose)) > rules.mostLoose || (await countPacks(gitDir)) > rules.mostPacks;
    if (isDue) await git.run({ gitDir, verb: "repack", flags: ["--geometric=2", "-d", "-l", "-q"], timeoutMs });
    const references = (await listReferenceFiles(gitDir)).filter(({ isFile }) => isFile).length;
    if (references > rules.mostReferences) await git.run({ gitDir, verb: "pack-refs", flags: ["--all", "--prune"] });
    return isDue;
}

/**
 * Removes objects that nothing refers to, and that no request under way can need:
 * - a process that fetches or writes, or begins to, prevents it, in every process on the volume (`whileUnclaimed`);
 * - a client that has been shown references, and will fetch or push, needs their objects. These are still referred to:
 *   no reference has moved in the last two hours, and no client takes so long between its requests.
 */
async function prune(git: Git, gitDir: string, rules: TidyRules): Promise<boolean> {
    const stamp = path.join(gitDir, stampName);
    const lookedMsAgo = await ageOf(stamp);
    if (lookedMsAgo < rules.pruneEveryMs || ((await quietFor(gitDir)) > lookedMsAgo && !(await hasCruft(gitDir))))
        return false;
    const expiry = `--cruft-expiration=${Math.ceil(rules.expiryMs / 1000)}.seconds.ago`;
    let isDone = false;
    await whileUnclaimed(gitDir, async () => {
        if ((await quietFor(gitDir)) < rules.quietMs) return;
        const looking = {
            gitDir,
            verb: "fsck",
            flags: ["--connectivity-only", "--unreachable", "--no-reflogs", "--no-progress"],
            timeoutMs,
        };
        isDone = (await git.run(looking)).stdout.length > 0;
        if (isDone) await git.run({ gitDir, verb: "repack", flags: ["--cruft", expiry, "-d", "-l", "-q"], timeoutMs });
        await writeFile(stamp, `${new Date().toISOString()}\n`);
    });
    return isDone;
}

export type Tidied = { packed: boolean; pruned: boolean };

/** Tidies one repository while it is read and written; one process at a time. Undefined: another one is at it. */
export async function tidyRepository(
    git: Git,
    gitDir: string,
    rules: TidyRules = tidyRules,
): Promise<Tidied | undefined> {
    const lock = path.join(gitDir, lockName);
    await healRepository(gitDir, rules.debrisAgeMs, true);
    try {
        await writeFile(lock, "", { flag: "wx" });
    } catch (error) {
        if (["EEXIST", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined; // ENOENT: it is gone
        throw error;
    }
    try {
        await mendConfiguration(gitDir);
        return { packed: await pack(git, gitDir, rules), pruned: await prune(git, gitDir, rules) };
    } finally {
        await rm(lock, { force: true });
    }
}

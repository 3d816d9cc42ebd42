import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Gate } from "../../gate";
import { branchPrefix, refOfBranch } from "./reference-name";

const oidLine = /^[0-9a-f]{40}\n?$/;
const isMissing = (error: unknown) =>
    ["ENOENT", "ENOTDIR", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "");

const kept = ["refs/heads", "refs/tags"] as const;

/** The lines of packed-refs that name a reference; a tag's second line, with its target, is left out. */
export async function readPackedReferences(gitDir: string): Promise<Map<string, string>> {
    const text = await readFile(path.join(gitDir, "packed-refs"), "utf8").catch((error) => {
        if (isMissing(error)) return "";
        throw error;
    });
    const lines = text.split("\n").filter((line) => /^[0-9a-f]{40} /.test(line));
    return new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]));
}

/** The id that a reference (by its full name) points to, or undefined. */
export async function resolveReference(gitDir: string, ref: string): Promise<string | undefined> {
    try {
        const text = await readFile(path.join(gitDir, ref), "utf8");
        return oidLine.test(text) ? text.slice(0, 40) : undefined;
    } catch (error) {
        if (!isMissing(error)) throw error;
        return (await readPackedReferences(gitDir)).get(ref);
    }
}

/** The ids that references point to; those that are nowhere are left out. The list of packed ones is read once. */
export async function resolveReferences(gitDir: string, refs: readonly string[]): Promise<Map<string, string>> {
    const loose = new Map(await readLoose(gitDir, refs));
    if (loose.size === refs.length) return loose;
    const packed = await readPackedReferences(gitDir);
    return new Map(
        refs.flatMap((ref) => {
            const oid = loose.get(ref) ?? packed.get(ref);
            return oid === undefined ? [] : [[ref, oid] as const];
        }),
    );
}

/** The commit a branch points to, or undefined. */
export async function readReference(gitDir: string, branch: string): Promise<string | undefined> {
    return resolveReference(gitDir, refOfBranch(branch));
}

/** Files of references that are read at once. */
const reading = new Gate({ atOnce: 32 });

/** References that are files of their own, with their ids. */
async function readLoose(gitDir: string, refs: readonly string[]): Promise<(readonly [string, string])[]> {
    const found = await Promise.all(
        refs.map((ref) =>
            reading.run(async () => {
                const text = await readFile(path.join(gitDir, ref), "utf8").catch((error) => {
                    if (isMissing(error)) return "";
                    throw error;
                });
                return oidLine.test(text) ? ([[ref, text.slice(0, 40)]] as const) : [];
            }),
        ),
    );
    return found.flat();
}

async function listLoose(gitDir: string): Promise<string[]> {
    const lists = await Promise.all(
        kept.map(async (folder) => {
            const entries = await readdir(path.join(gitDir, folder), { recursive: true, withFileTypes: true }).catch(
                (error) => {
                    if (isMissing(error)) return [];
                    throw error;
                },
            );
            return entries
                .filter((entry) => entry.isFile() && !entry.name.endsWith(".lock"))
                .map(({ parentPath, name }) => path.join(parentPath, name));
        }),
    );
    return lists.flat().map((file) => path.relative(gitDir, file));
}

/**
 * Every branch and tag by its full name, sorted. Loose ones are listed before packed ones are read: a reference that is
 * being packed is in the new packed-refs before its file goes away.
 */
export async function listAllReferences(gitDir: string): Promise<Map<string, string>> {
    const loose = await readLoose(gitDir, await listLoose(gitDir));
    const found = await readPackedReferences(gitDir);
    for (const [ref, oid] of loose) found.set(ref, oid);
    return new Map([...found].sort(([one], [two]) => (one < two ? -1 : 1)));
}

/** The names of all branches and tags, without looking where they point. */
export async function listNames(gitDir: string): Promise<Set<string>> {
    const loose = await listLoose(gitDir);
    return new Set([...loose, ...(await readPackedReferences(gitDir)).keys()]);
}

/** Every branch with its commit, sorted by name. */
export async function listReferences(gitDir: string): Promise<Map<string, string>> {
    const branches = [...(await listAllReferences(gitDir))].filter(([ref]) => ref.startsWith(branchPrefix));
    return new Map(branches.map(([ref, oid]) => [ref.slice(branchPrefix.length), oid]));
}

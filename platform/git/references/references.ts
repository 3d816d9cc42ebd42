import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Problem } from "section-model";
import { Damage, damageProblem, tellsDamage } from "../../damage";
import { Gate } from "../../gate";
import { branchPrefix, refOfBranch } from "./reference-name";

const oidLine = /^[0-9a-f]{40}\n?$/;
const isMissing = (error: unknown) =>
    ["ENOENT", "ENOTDIR", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "");

const kept = ["refs/heads", "refs/tags"] as const;

function damaged(file: string, reason: string): Error {
    return damageProblem(`${file} is damaged: ${reason}`, new Damage(reason));
}

const packedLine = /^(#.*|\^[0-9a-f]{40}|[0-9a-f]{40} refs\/.+)$/;

/** The lines of packed-refs that name a reference; a tag's second line, with its target, is left out. */
export async function readPackedReferences(gitDir: string): Promise<Map<string, string>> {
    const text = await readFile(path.join(gitDir, "packed-refs"), "utf8").catch((error) => {
        if (isMissing(error)) return "";
        throw error;
    });
    const lines = text.split("\n");
    // a last line without its end can name a reference that nobody made
    if (lines.pop() !== "" || !lines.every((line) => packedLine.test(line)))
        throw damaged(path.join(gitDir, "packed-refs"), "it is no list of references");
    const named = lines.filter((line) => /^[0-9a-f]/.test(line));
    return new Map(named.map((line) => [line.slice(41), line.slice(0, 40)]));
}

/** The id in a reference's own file; undefined when it has none. */
async function readOwnFile(gitDir: string, ref: string): Promise<string | undefined> {
    const file = path.join(gitDir, ref);
    const text = await readFile(file, "utf8").catch((error) => {
        if (!isMissing(error)) throw error;
    });
    if (text === undefined) return undefined;
    if (!oidLine.test(text)) throw damaged(file, "it has no id");
    return text.slice(0, 40);
}

/**
 * The id that a reference (by its full name) points to, or undefined. Throws for a file without an id: a reference that
 * cannot be read is not one that is not there, which somebody could make again.
 */
export async function resolveReference(gitDir: string, ref: string): Promise<string | undefined> {
    return (await readOwnFile(gitDir, ref)) ?? (await readPackedReferences(gitDir)).get(ref);
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
const reading = new Gate(32);

/** References that are files of their own, with their ids. Damage of one ends it, unless somebody is told of each. */
async function readLoose(
    gitDir: string,
    refs: readonly string[],
    onDamage?: (ref: string, problem: Problem) => void,
): Promise<(readonly [string, string])[]> {
    const found = await Promise.all(
        refs.map((ref) =>
            reading.run(async () => {
                const oid = await readOwnFile(gitDir, ref).catch((error) => {
                    if (onDamage === undefined || !tellsDamage(error)) throw error;
                    onDamage(ref, error);
                });
                return oid === undefined ? [] : ([[ref, oid]] as const);
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
 * Every branch and tag by its full name, sorted, without those that are damaged: the others go on. Loose ones are
 * listed before packed ones are read: a reference that is being packed is in the new packed-refs before its file goes
 * away.
 *
 * @param onDamage told of each damaged one
 */
export async function listAllReferences(
    gitDir: string,
    onDamage: (problem: Problem) => void = () => {},
): Promise<Map<string, string>> {
    const unreadable: string[] = [];
    const loose = await readLoose(gitDir, await listLoose(gitDir), (ref, problem) => {
        unreadable.push(ref);
        onDamage(problem);
    });
    const found = await readPackedReferences(gitDir);
    for (const [ref, oid] of loose) found.set(ref, oid);
    for (const ref of unreadable) found.delete(ref); // an older value, from before it was written
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

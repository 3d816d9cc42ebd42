import { isShortlyBefore } from "../objects/ancestry";
import { parseCommit } from "../objects/object-format";
import { branchOfRef } from "../references/reference-name";
import { listReferences } from "../references/references";
import type { Head, Repositories, RepositoryKey } from "../repositories";

/** A commit with its parents. */
export type Commit = Head & { parents: string[] };

const walkTimeoutMs = 10_000;
/** Branches that are walked back here, a short way; git is asked about all of them. */
const mostTips = 10;

/** A commit by its id; undefined for anything that is none. */
export async function readCommit(
    repositories: Repositories,
    key: RepositoryKey,
    oid: string,
): Promise<Commit | undefined> {
    const call = { gitDir: repositories.folder(key), asker: key, verb: "cat-file", operands: ["commit", oid] };
    const { exitCode, stdout } = await repositories.git.run({ ...call, answers: [0, 128] });
    return exitCode === 0 ? parseCommit(oid, stdout) : undefined;
}

/** The branches that have a commit in their history. */
export async function listBranchesWith(repositories: Repositories, key: RepositoryKey, oid: string): Promise<string[]> {
    const { stdout } = await repositories.git.run({
        gitDir: repositories.folder(key),
        asker: key,
        verb: "for-each-ref",
        flags: [`--contains=${oid}`, "--format=%(refname)"],
        operands: ["refs/heads/"],
        timeoutMs: walkTimeoutMs,
    });
    return stdout
        .toString("utf8")
        .split("\n")
        .flatMap((ref) => branchOfRef(ref) ?? []);
}

/**
 * True for a commit that some branch has in its history.
 *
 * @param objects a store that goes on with the commit
 */
export async function isOnBranch(
    repositories: Repositories,
    key: RepositoryKey,
    oid: string,
    objects = repositories.objects(key),
): Promise<boolean> {
    if ((await objects.facts(oid))?.type !== "commit") return false;
    const tips = new Set((await listReferences(repositories.folder(key))).values());
    if (tips.has(oid)) return true;
    for (const tip of [...tips].slice(0, mostTips)) if (await isShortlyBefore(objects, oid, tip)) return true;
    return (await listBranchesWith(repositories, key, oid)).length > 0;
}

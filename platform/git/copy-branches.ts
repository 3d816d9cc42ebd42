import { mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { Problem } from "section-model";
import { failpoint } from "../failpoint";
import { makeRepository } from "./make-repository";
import { formatCommit, type Signature } from "./objects/object-format";
import { ObjectStore } from "./objects/object-store";
import { editTree, type FileChanges, findEntry } from "./objects/tree-edit";
import type { Git } from "./process/git";
import { moveReference } from "./references/reference-update";
import { readReference } from "./references/references";
import type { Repositories, RepositoryKey } from "./repositories";
import { claimRepository } from "./upkeep/repository-claim";
import { platformSignature } from "./write-commit";

/** Copies of at most this many objects and bytes become loose objects, which are read without starting git. */
const looseObjects = 100;
const looseBytes = 4 * 1024 * 1024;

/** Copies everything that can be reached from some objects, by one git that writes a pack into the other repository. */
async function copyObjects(git: Git, source: string, target: string, roots: readonly string[]): Promise<void> {
    const folder = path.join(target, "objects", "pack");
    await mkdir(folder);
    const claim = await claimRepository(source);
    try {
        await git.run({
            gitDir: source,
            verb: "pack-objects",
            flags: ["--revs", "-q", "--delta-base-offset"],
            operands: [path.join(folder, "pack")],
            stdin: `${roots.join("\n")}\n`,
            timeoutMs: 600_000,
        });
    } finally {
        await claim.release();
    }
    const files = (await readdir(folder)).map((name) => path.join(folder, name));
    const pack = files.find((file) => file.endsWith(".pack"));
    if (pack === undefined || !(await isSmall(pack))) return;
    const data = await readFile(pack);
    for (const file of files) await rm(file, { force: true }); // git unpacks only objects that are not there yet
    await git.run({ gitDir: target, verb: "unpack-objects", flags: ["-q"], stdin: data });
}

async function isSmall(pack: string): Promise<boolean> {
    const file = await open(pack, "r");
    try {
        const header = Buffer.alloc(12);
        await file.read(header, 0, 12, 0);
        return header.readUInt32BE(8) <= looseObjects && (await file.stat()).size <= looseBytes;
    } finally {
        await file.close();
    }
}

/**
 * Makes sure that the copy is there, or says that its source is gone, whatever error the copying met.
 */
async function copying(
    repositories: Repositories,
    from: RepositoryKey,
    to: RepositoryKey,
    work: () => Promise<void>,
): Promise<void> {
    try {
        await work();
        if (!(await repositories.exists(to)))
            throw new Problem("internal", `${repositories.folder(to)} is in the way: it is no repository`);
    } catch (error) {
        if (await repositories.exists(to)) return; // another process has made it
        if (await repositories.exists(from)) throw error;
        throw new Problem("not-found", `application ${from.applicationId} was deleted meanwhile`, { cause: error });
    }
}

const missing = (branch: string) => new Problem("not-found", `branch ${branch} does not exist`);

async function requireTip(folder: string, branch: string): Promise<string> {
    const tip = await readReference(folder, branch);
    if (tip === undefined) throw missing(branch);
    return tip;
}

/**
 * Makes a repository with the same branches at the same commits as another one. Repeatable: one that exists is left as
 * it is.
 */
export async function copyBranches(
    repositories: Repositories,
    from: RepositoryKey,
    to: RepositoryKey,
    branches: readonly string[],
): Promise<void> {
    const [first] = branches;
    if (first === undefined || (await repositories.exists(to))) return;
    const source = repositories.folder(from);
    await copying(repositories, from, to, async () => {
        const tips = await Promise.all(
            branches.map(async (branch) => [branch, await requireTip(source, branch)] as const),
        );
        await makeRepository(repositories.folder(to), first, async (folder, isFurnished) => {
            await isFurnished;
            await copyObjects(
                repositories.git,
                source,
                folder,
                tips.map(([, tip]) => tip),
            );
            failpoint("git.after-objects");
            for (const [branch, tip] of tips) await moveReference(folder, branch, undefined, tip);
        });
    });
}

export interface SnapshotRequest {
    branch: string;
    author: Signature;
    message: string;
    date: Date;
    /** Files of the copy that differ, made from the old section.config.json. */
    edit(config: Buffer | undefined): FileChanges;
}

/**
 * Makes a repository with one commit: the files of a branch of another one, some of them changed. Repeatable, as
 * `copyBranches`.
 */
export async function copySnapshot(
    repositories: Repositories,
    from: RepositoryKey,
    to: RepositoryKey,
    { branch, author, message, date, edit }: SnapshotRequest,
): Promise<void> {
    if (await repositories.exists(to)) return;
    await copying(repositories, from, to, async () => {
        const head = await repositories.head(from, branch);
        if (head === undefined) throw missing(branch);
        const { tree } = head;
        const original = repositories.objects(from);
        const entry = await findEntry(original, tree, "section.config.json");
        const files = edit(entry && (await original.read(entry.oid)).data);
        await makeRepository(repositories.folder(to), branch, async (folder, isFurnished) => {
            await isFurnished;
            await copyObjects(repositories.git, repositories.folder(from), folder, [tree]);
            const objects = new ObjectStore(folder, undefined, repositories.folder(to));
            const edited = await editTree(objects, tree, files);
            const commit = formatCommit({
                tree: edited,
                parents: [],
                author,
                committer: platformSignature,
                message,
                date,
            });
            const oid = await objects.write("commit", commit);
            failpoint("git.after-objects");
            await moveReference(folder, branch, undefined, oid);
        });
    });
}

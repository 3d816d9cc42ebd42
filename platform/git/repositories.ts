import { randomBytes } from "node:crypto";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Problem } from "section-model";
import { failpoint } from "../failpoint";
import { Branch } from "./branch";
import { type HistoryPage, listHistory } from "./history";
import { makeRepository } from "./make-repository";
import { DraftObjects } from "./objects/draft-objects";
import { isMissing, unlessMissing } from "./objects/missing-file";
import type { Head } from "./objects/object-format";
import { ObjectStore } from "./objects/object-store";
import { storePack } from "./objects/store-pack";
import type { FileChanges, TreeFile } from "./objects/tree-edit";
import type { Asker } from "./process/asker";
import { Git, type GitLimits } from "./process/git";
import { moveReference, writeBranch } from "./references/reference-update";
import { listReferences, readReference } from "./references/references";
import { healRepositories, listRepositories, repositoryFolder } from "./repository-folder";
import { settleAll } from "./settle-all";
import { Turns } from "./turns";
import { measureRepository } from "./upkeep/measure-repository";
import { claimRepository } from "./upkeep/repository-claim";
import { type Tidied, type TidyRules, tidyRepository } from "./upkeep/tidy-repository";
import { type CommitRequest, readHead, writeCommit } from "./write-commit";

export type { Head, Signature } from "./objects/object-format";
export type { FileChanges } from "./objects/tree-edit";

/** Identifies a repository, and says for whom; on the disk it is found by the application alone. */
export interface RepositoryKey extends Asker {
    applicationId: number;
}

export interface RepositoriesOptions extends GitLimits {
    root: string;
}

const editAttempts = 20;

/** The bare repositories of all applications, in one folder. */
export class Repositories {
    readonly git: Git;
    readonly #turns = new Turns();
    readonly #touched = new Set<number>();
    /** Branches that pushes, and commits checked as pushes, have moved since the start. */
    pushedBranches = 0;

    constructor(readonly options: RepositoriesOptions) {
        this.git = new Git(options);
    }

    /** The folder of a repository. */
    folder({ applicationId }: RepositoryKey): string {
        return repositoryFolder(this.options.root, applicationId);
    }

    async exists(key: RepositoryKey): Promise<boolean> {
        return (await unlessMissing(stat(path.join(this.folder(key), "HEAD")))) !== undefined;
    }

    /**
     * Makes a repository with one commit. Repeatable: the same request leaves the same commit, whatever a crash left.
     */
    async create(key: RepositoryKey, branch: string, request: CommitRequest & { date: Date }): Promise<Head> {
        const existing = (await this.exists(key)) ? await this.head(key, branch) : undefined;
        if (existing !== undefined) return existing;
        const finished = this.folder(key);
        const draft = new DraftObjects(this.objects(key));
        const first = await writeCommit(draft, undefined, request);
        const made = await makeRepository(finished, branch, async (folder) => {
            await settleAll([storePack(folder, draft.drafted), writeBranch(folder, branch, first.commit)]);
            failpoint("git.after-objects");
            return first;
        });
        // another process may have made it meanwhile, and somebody may have committed to it
        const head = made ?? (await this.head(key, branch));
        if (head === undefined)
            throw new Problem("internal", `${finished} is in the way: it is no repository with a branch ${branch}`);
        return head;
    }

    /** Removes a repository; gone already is fine. */
    async remove(key: RepositoryKey): Promise<void> {
        await this.#inTurn(key, async () => {
            const folder = this.folder(key);
            const trash = `${folder}.${randomBytes(4).toString("hex")}.old`;
            try {
                await rename(folder, trash);
            } catch (error) {
                if (!isMissing(error)) throw error;
            }
            await rm(trash, { recursive: true, force: true });
        });
    }

    /** The application ids that have a repository on the disk. */
    async listApplications(): Promise<number[]> {
        return listRepositories(this.options.root);
    }

    objects(key: RepositoryKey): ObjectStore {
        return new ObjectStore(this.folder(key));
    }

    async heads(key: RepositoryKey): Promise<Map<string, Head>> {
        const objects = this.objects(key);
        const references = await listReferences(this.folder(key));
        const heads = await Promise.all(
            [...references].map(async ([branch, oid]) => [branch, await readHead(objects, oid)] as const),
        );
        return new Map(heads);
    }

    /** @param objects a store that has read some of its objects */
    async head(key: RepositoryKey, branch: string, objects = this.objects(key)): Promise<Head | undefined> {
        const oid = await readReference(this.folder(key), branch);
        return oid === undefined ? undefined : readHead(objects, oid);
    }

    async hasBranch(key: RepositoryKey, branch: string): Promise<boolean> {
        return (await readReference(this.folder(key), branch)) !== undefined;
    }

    /** A branch as it is now, to look at several of its files. */
    async branch(key: RepositoryKey, branch: string): Promise<Branch | undefined> {
        const objects = this.objects(key);
        const head = await this.head(key, branch, objects);
        return head === undefined ? undefined : new Branch(objects, head);
    }

    async readFile(key: RepositoryKey, branch: string, file: string): Promise<Buffer | undefined> {
        return (await this.branch(key, branch))?.read(file);
    }

    async listFiles(key: RepositoryKey, branch: string): Promise<TreeFile[]> {
        return (await this.branch(key, branch))?.files() ?? [];
    }

    /** Newest first, along the first parents. */
    async commits(key: RepositoryKey, branch: string, page: HistoryPage): Promise<Head[]> {
        const gitDir = this.folder(key);
        const tip = await readReference(gitDir, branch);
        const repository = { git: this.git, gitDir, objects: this.objects(key), asker: key };
        return tip === undefined ? [] : listHistory(repository, tip, page);
    }

    /**
     * Changes files of a branch as one commit, in turn with all other edits of this process and safe against the edits
     * of others: when the head moved in between, `edit` is asked again on the new one. `undefined` or no difference
     * makes no commit.
     */
    async edit(
        key: RepositoryKey,
        branch: string,
        request: Omit<CommitRequest, "files">,
        edit: (branch: Branch) => Promise<FileChanges | undefined>,
    ): Promise<Head> {
        return this.#inTurn(key, async () => {
            for (let attempt = 1; ; attempt += 1) {
                const parent = await this.branch(key, branch);
                if (parent === undefined) throw new Problem("not-found", `branch ${branch} does not exist`);
                const files = await edit(parent);
                if (files === undefined) return parent.head;
                try {
                    return await this.#commitOn(key, branch, parent, parent.head.commit, { ...request, files });
                } catch (error) {
                    if (!(error instanceof Problem && error.code === "head-moved") || attempt === editAttempts)
                        throw error;
                }
            }
        });
    }

    /**
     * Makes a branch: the head of another one with one commit on top. Repeatable: a branch that exists is returned as
     * it is.
     */
    async createBranch(
        key: RepositoryKey,
        branch: string,
        from: string,
        request: Omit<CommitRequest, "files">,
        edit: (config: Buffer | undefined) => FileChanges,
    ): Promise<Head> {
        return this.#inTurn(key, async () => {
            const existing = await this.head(key, branch);
            if (existing !== undefined) return existing;
            const source = await this.branch(key, from);
            if (source === undefined) throw new Problem("not-found", `branch ${from} does not exist`);
            const config = await source.read("section.config.json");
            return this.#commitOn(key, branch, source, undefined, { ...request, files: edit(config) });
        });
    }

    /** Deletes a branch; gone already is fine. */
    async deleteBranch(key: RepositoryKey, branch: string): Promise<void> {
        await this.#inTurn(key, async () => {
            const current = await readReference(this.folder(key), branch);
            if (current !== undefined) await moveReference(this.folder(key), branch, current, undefined);
        });
    }

    /** The applications whose repositories were written to since this was last asked. */
    takeTouched(): number[] {
        const touched = [...this.#touched];
        this.#touched.clear();
        return touched;
    }

    /** Packs loose objects of a repository and removes objects that nothing needs, while it is in use. */
    async tidy(applicationId: number, rules?: TidyRules): Promise<Tidied | undefined> {
        return tidyRepository(this.git, this.folder({ accountId: 0, applicationId }), rules);
    }

    /** The bytes that a repository's objects take. */
    async measure(applicationId: number): Promise<number> {
        return measureRepository(this.folder({ accountId: 0, applicationId }));
    }

    /** Lets a task have a repository to itself, within this process. */
    async exclusively<T>(key: RepositoryKey, task: () => Promise<T>): Promise<T> {
        return this.#inTurn(key, task);
    }

    /**
     * Removes leftovers of a crash in every repository. Returns their number.
     *
     * @param ageMs debris younger than this may belong to another process on the same volume; 0 when this one is alone
     */
    async heal(ageMs = 0): Promise<number> {
        return healRepositories(this.options.root, ageMs);
    }

    async close(): Promise<void> {
        await this.#turns.settle();
        await this.git.close();
    }

    async #commitOn(
        key: RepositoryKey,
        branch: string,
        { objects, head: parent }: Branch,
        expected: string | undefined,
        request: CommitRequest,
    ): Promise<Head> {
        const claim = await claimRepository(this.folder(key));
        try {
            const head = await writeCommit(objects, parent, request);
            if (head === parent && expected !== undefined) return parent;
            failpoint("git.after-objects");
            failpoint("git.before-ref");
            await moveReference(this.folder(key), branch, expected, head.commit);
            return head;
        } finally {
            await claim.release();
        }
    }

    #inTurn<T>({ applicationId }: RepositoryKey, task: () => Promise<T>): Promise<T> {
        this.#touched.add(applicationId);
        return this.#turns.take(applicationId, task);
    }
}

/** Opens the folder of repositories, making it when it is missing. */
export async function openRepositories(options: RepositoriesOptions): Promise<Repositories> {
    await mkdir(options.root, { recursive: true, mode: 0o700 });
    return new Repositories(options);
}

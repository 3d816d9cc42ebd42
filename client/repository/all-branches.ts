import { sectionConfigPath } from "section-model";
import type { SimpleGit } from "simple-git";
import { type BranchAddress, Checkout, type Head, listFiles, readClonedHead, withClone } from "./repository";
import { listSignatures, readSignature, type Signature } from "./signature";

/** A file that differs between two commits. */
export interface FileChange {
    kind: "added" | "changed" | "removed";
    path: string;
}

export interface CommitRange {
    /** The newest first, at most `longest`. */
    commits: Signature[];
    /** The number of all of them. */
    count: number;
}

/** The largest number of commits to name. */
const longest = 20;
const kinds: Readonly<Record<string, FileChange["kind"]>> = { A: "added", D: "removed" };

/** All branches of a repository with their history, seen from one branch. */
export class AllBranches {
    constructor(
        private readonly git: SimpleGit,
        private readonly folder: string,
        private readonly branch: string,
        readonly head: Head,
    ) {}

    /** Whether any branch has the commit, anywhere in its history. */
    async has(commit: string): Promise<boolean> {
        return this.git.raw(["cat-file", "-t", commit]).then(
            (type) => type.trim() === "commit",
            () => false,
        );
    }

    describe(commit: string): Promise<Signature> {
        return readSignature(this.git, commit);
    }

    /**
     * The commits that `to` has and `from` does not. `isContent` leaves out those that changed only
     * section.config.json.
     */
    async between(from: string, to: string, { isContent = false } = {}): Promise<CommitRange> {
        const range = [`${from}..${to}`, ...(isContent ? ["--", ".", `:(exclude)${sectionConfigPath}`] : [])];
        // no command without output: simple-git waits for 50 ms after one
        const count = Number(await this.git.raw(["rev-list", "--count", ...range]));
        if (count === 0) return { commits: [], count };
        return { commits: await listSignatures(this.git, [`--max-count=${longest}`, ...range]), count };
    }

    /** The files that differ, by their path. */
    async filesBetween(from: string, to: string): Promise<FileChange[]> {
        const parts = (await this.git.raw(["diff-tree", "-r", "-z", "--no-renames", "--name-status", from, to])).split(
            "\0",
        );
        return parts.flatMap((kind, index) =>
            index % 2 === 1 || kind === ""
                ? []
                : [{ kind: kinds[kind] ?? "changed", path: parts[index + 1] as string }],
        );
    }

    /** The text of a file in a commit. Undefined when it is missing. */
    async read(commit: string, file: string): Promise<string | undefined> {
        return this.git.raw(["cat-file", "blob", `${commit}:${file}`]).catch(() => undefined);
    }

    /** The commit that a trailer `key: commit` of a commit's message names. */
    async trailer(commit: string, key: string): Promise<string | undefined> {
        const value = await this.git.raw(["log", "-1", `--format=trailer%n%(trailers:key=${key},valueonly)`, commit]);
        return /^[0-9a-f]{40}$/m.exec(value)?.[0]; // people write such messages too, with other values
    }

    /** The newest commit of the branch whose message has such a trailer. */
    async newestWith(key: string): Promise<string | undefined> {
        const search = ["--first-parent", `--grep=^${key}: `, this.head.commit];
        if (Number(await this.git.raw(["rev-list", "--count", "--max-count=1", ...search])) === 0) return undefined;
        return (await this.git.raw(["rev-list", "--max-count=1", ...search])).trim();
    }

    /** The branches, with the commit that each is at. */
    async list(): Promise<(Signature & { branch: string })[]> {
        const listing = await this.git.raw([
            "for-each-ref",
            "--format=%(refname:lstrip=3) %(objectname)",
            "refs/remotes/origin",
        ]);
        const refs = listing.split("\n").map((line) => line.split(" "));
        const branches = refs.filter(([name, commit]) => commit !== undefined && name !== "HEAD") as [string, string][];
        return Promise.all(branches.map(async ([branch, commit]) => ({ branch, ...(await this.describe(commit)) })));
    }

    /** Checks out the content of a commit, to be committed on top of the branch. */
    async checkOut(commit: string): Promise<Checkout> {
        await this.git.raw(["read-tree", "--reset", "-u", commit]);
        return new Checkout(this.git, this.folder, this.branch, this.head, ...(await listFiles(this.git, commit)));
    }
}

/** Gives `work` all branches with their history. */
export function withAllBranches<T>(address: BranchAddress, work: (branches: AllBranches) => Promise<T>): Promise<T> {
    return withClone(address, ["--no-checkout"], async (git, folder) =>
        work(new AllBranches(git, folder, address.branch, await readClonedHead(git))),
    );
}

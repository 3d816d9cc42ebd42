import type { Checkout, Head } from "./checkout";
import type { Signature } from "./signature";

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

/** A branch with the commit that it is at. */
export type BranchTip = Signature & { branch: string };

/** All branches of a repository with their history, seen from one branch. */
export interface AllBranches {
    /** The head of that branch. */
    readonly head: Head;
    /** Whether any branch has the commit, anywhere in its history. */
    has(commit: string): Promise<boolean>;
    describe(commit: string): Promise<Signature>;
    /** The commits of any branch whose ids begin so. */
    startingWith(id: string): Promise<Signature[]>;
    /**
     * The commits that `to` has and `from` does not. `isContent` leaves out those that changed only
     * section.config.json.
     */
    between(from: string, to: string, options?: { isContent?: boolean }): Promise<CommitRange>;
    /** The files that differ, by their path. */
    filesBetween(from: string, to: string): Promise<FileChange[]>;
    /** The text of a file in a commit. Undefined when it is missing. */
    read(commit: string, file: string): Promise<string | undefined>;
    /** The commit that a trailer `key: commit` of a commit's message names. */
    trailer(commit: string, key: string): Promise<string | undefined>;
    /** The newest commit of the branch whose message has such a trailer. */
    newestWith(key: string): Promise<string | undefined>;
    list(): Promise<BranchTip[]>;
    /** The content of a commit, to be committed on top of the branch. */
    checkOut(commit: string): Promise<Checkout>;
}

import type { Client } from "../client";
import type { EnvironmentPlace } from "../environments";
import type { Signature } from "./signature";

export interface BranchAddress {
    gitUrl: string;
    branch: string;
    token: string;
    /** The author of commits. */
    person: { name: string; email: string };
    /** Where the endpoint has the extension `environment.commit`. Elsewhere git does the same. */
    requests?: { client: Client; place: EnvironmentPlace };
    /** Told of each warning with which the platform accepts a commit, such as `warning: x.vcl includes y.vcl, …`. */
    onWarning?(line: string): void;
    /** Takes out of a line of the platform what nobody may read. Default: the line as it is. */
    conceal?(line: string): string;
}

/** Path -> content; null removes the file. */
export type FileEdits = ReadonlyMap<string, string | Buffer | null>;

export interface Head {
    commit: string;
    tree: string;
}

/** A commit of a branch with its whole message. */
export interface PastCommit extends Signature {
    message: string;
}

/** The files of a branch, to be changed and committed on top of it. */
export interface Checkout {
    /** The head of the branch when it was read. */
    readonly head: Head;
    /** Path -> blob id of every file. */
    readonly files: ReadonlyMap<string, string>;
    /** Paths of executable files. A commit keeps the mode of each file. */
    readonly executables: ReadonlySet<string>;
    /** Author, time and message of the head. */
    describeHead(): Promise<PastCommit>;
    /** The content of a file. Undefined when it is missing. Files that are read at the same time come together. */
    read(file: string): Promise<Buffer | undefined>;
    /**
     * Commits the files with the edits on top of the head. Throws `head-moved` when the branch has moved,
     * `push-refused` with the platform's lines. Makes no commit when nothing differs from the branch.
     */
    commit(edits: FileEdits, message: string): Promise<Head>;
    /**
     * The commits before the head along first parents, newest first, up to the first that `isLast` accepts, which is
     * the last one. At most 200.
     */
    listPast(isLast: (commit: PastCommit) => boolean): Promise<PastCommit[]>;
    /** Path -> blob id of every file of an earlier commit. */
    filesAt(commit: string): Promise<ReadonlyMap<string, string>>;
}

/** The largest number of commits to look back. */
export const mostPast = 200;

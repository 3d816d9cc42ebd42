import { sectionConfigPath } from "section-model";
import type { SimpleGit } from "simple-git";
import type { AllBranches, BranchTip, CommitRange, FileChange } from "./branches";
import type { BranchAddress, Checkout, Head } from "./checkout";
import { listFiles, readClonedHead, withClone } from "./clone";
import { ClonedCheckout } from "./cloned-checkout";
import { listSignatures, readSignature, type Signature } from "./signature";

/** The largest number of commits to name. */
const longest = 20;
const kinds: Readonly<Record<string, FileChange["kind"]>> = { A: "added", D: "removed" };

/** A clone of all branches. */
export class ClonedBranches implements AllBranches {
    constructor(
        private readonly git: SimpleGit,
        private readonly folder: string,
        private readonly address: BranchAddress,
        readonly head: Head,
    ) {}

    async has(commit: string): Promise<boolean> {
        return this.git.raw(["cat-file", "-t", commit]).then(
            (type) => type.trim() === "commit",
            () => false,
        );
    }

    describe(commit: string): Promise<Signature> {
        return readSignature(this.git, commit);
    }

    async startingWith(id: string): Promise<Signature[]> {
        // a clone has no objects but those of branches; some of them are files
        const objects = (await this.git.raw(["rev-parse", `--disambiguate=${id}`])).split("\n").filter(Boolean);
        const isCommit = await Promise.all(objects.map((object) => this.has(object)));
        return Promise.all(objects.filter((_, index) => isCommit[index]).map((commit) => this.describe(commit)));
    }

    async between(from: string, to: string, { isContent = false } = {}): Promise<CommitRange> {
        const range = [`${from}..${to}`, ...(isContent ? ["--", ".", `:(exclude)${sectionConfigPath}`] : [])];
        // no command without output: simple-git waits for 50 ms after one
        const count = Number(await this.git.raw(["rev-list", "--count", ...range]));
        if (count === 0) return { commits: [], count };
        return { commits: await listSignatures(this.git, [`--max-count=${longest}`, ...range]), count };
    }

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

    async read(commit: string, file: string): Promise<string | undefined> {
        return this.git.raw(["cat-file", "blob", `${commit}:${file}`]).catch(() => undefined);
    }

    async trailer(commit: string, key: string): Promise<string | undefined> {
        const value = await this.git.raw(["log", "-1", `--format=trailer%n%(trailers:key=${key},valueonly)`, commit]);
        return /^[0-9a-f]{40}$/m.exec(value)?.[0]; // people write such messages too, with other values
    }

    async newestWith(key: string): Promise<string | undefined> {
        const search = ["--first-parent", `--grep=^${key}: `, this.head.commit];
        if (Number(await this.git.raw(["rev-list", "--count", "--max-count=1", ...search])) === 0) return undefined;
        return (await this.git.raw(["rev-list", "--max-count=1", ...search])).trim();
    }

    async list(): Promise<BranchTip[]> {
        const listing = await this.git.raw([
            "for-each-ref",
            "--format=%(refname:lstrip=3) %(objectname)",
            "refs/remotes/origin",
        ]);
        const refs = listing.split("\n").map((line) => line.split(" "));
        const branches = refs.filter(([name, commit]) => commit !== undefined && name !== "HEAD") as [string, string][];
        return Promise.all(branches.map(async ([branch, commit]) => ({ branch, ...(await this.describe(commit)) })));
    }

    async checkOut(commit: string): Promise<Checkout> {
        await this.git.raw(["read-tree", "--reset", "-u", commit]);
        return new ClonedCheckout(
            this.git,
            this.folder,
            this.address,
            this.head,
            ...(await listFiles(this.git, commit)),
        );
    }
}

/** Gives `work` a clone of all branches with their history. */
export function withClonedBranches<T>(address: BranchAddress, work: (branches: AllBranches) => Promise<T>): Promise<T> {
    return withClone(address, ["--no-checkout"], async (git, folder) =>
        work(new ClonedBranches(git, folder, address, await readClonedHead(git))),
    );
}

import { isProblem, sectionConfigPath } from "section-model";
import { type BranchContent, readBranch } from "./branch-requests";
import type { AllBranches, BranchTip, CommitRange, FileChange } from "./branches";
import type { Checkout, Head } from "./checkout";
import type { LazyClone } from "./lazy-clone";
import { movedBranch } from "./push-failure";
import { type RequestedAddress, RequestedCheckout } from "./requested-checkout";
import type { Signature } from "./signature";

const trailerOf = (message: string, key: string) => new RegExp(`^${key}: *([0-9a-f]{40})$`, "m").exec(message)?.[1];

const inOrder = (one: FileChange, other: FileChange) => Buffer.compare(Buffer.from(one.path), Buffer.from(other.path));

/** All branches, read by request. A clone answers what needs more of the history than single commits. */
export class RequestedBranches implements AllBranches {
    readonly #commits = new Map<string, Promise<BranchContent>>();

    /** @param newest of the branch */
    constructor(
        private readonly address: RequestedAddress,
        private readonly newest: BranchContent,
        private readonly clone: LazyClone,
    ) {
        this.#commits.set(newest.head.commit, Promise.resolve(newest));
    }

    get head(): Head {
        return this.newest.head;
    }

    async has(commit: string): Promise<boolean> {
        return this.#open(commit).then(
            () => true,
            (error) => {
                if (isProblem(error) && error.code === "not-found") return false;
                throw error;
            },
        );
    }

    async describe(commit: string): Promise<Signature> {
        return (await this.#open(commit)).newest;
    }

    async startingWith(id: string): Promise<Signature[]> {
        return (await this.clone.open()).startingWith(id);
    }

    async between(from: string, to: string, options?: { isContent?: boolean }): Promise<CommitRange> {
        return (await this.clone.open()).between(from, to, options);
    }

    async filesBetween(from: string, to: string): Promise<FileChange[]> {
        const [before, after] = await Promise.all([this.#open(from), this.#open(to)]);
        const isSame = (path: string) =>
            before.files.get(path) === after.files.get(path) && before.modes.get(path) === after.modes.get(path);
        const gone = [...before.files.keys()].filter((path) => !after.files.has(path));
        const there = [...after.files.keys()].filter((path) => !isSame(path));
        return [
            ...gone.map((path): FileChange => ({ kind: "removed", path })),
            ...there.map((path): FileChange => ({ kind: before.files.has(path) ? "changed" : "added", path })),
        ].sort(inOrder);
    }

    async read(commit: string, file: string): Promise<string | undefined> {
        return (await (await this.checkOut(commit)).read(file))?.toString("utf8");
    }

    async trailer(commit: string, key: string): Promise<string | undefined> {
        return trailerOf((await this.#open(commit)).newest.message, key);
    }

    async newestWith(key: string): Promise<string | undefined> {
        return (await this.clone.open()).newestWith(key);
    }

    async list(): Promise<BranchTip[]> {
        return (await this.clone.open()).list();
    }

    async checkOut(commit: string): Promise<Checkout> {
        const content = await this.#open(commit);
        return new RequestedCheckout(this.address, this.head, content, async (work) => {
            const branches = await this.clone.open();
            if (branches.head.commit !== this.head.commit) throw movedBranch(this.address.branch);
            return work(await branches.checkOut(commit));
        });
    }

    #open(commit: string): Promise<BranchContent> {
        const known = this.#commits.get(commit);
        if (known !== undefined) return known;
        const { client, place } = this.address.requests;
        const read = readBranch(client, place, { commit, files: [sectionConfigPath] });
        this.#commits.set(commit, read);
        return read;
    }
}

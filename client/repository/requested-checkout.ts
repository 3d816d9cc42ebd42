import { setTimeout as sleep } from "node:timers/promises";
import { isProblem, Problem, sectionConfigPath } from "section-model";
import type { Client } from "../client";
import type { EnvironmentPlace } from "../environments";
import { blobIdOf } from "./blob-id";
import { type BranchContent, type CommitToMake, listPastCommits, makeCommit, readBranch } from "./branch-requests";
import { type BranchAddress, type Checkout, type FileEdits, type Head, mostPast, type PastCommit } from "./checkout";
import { isWarning, refusedConfiguration } from "./push-failure";

/** A branch address at an endpoint with the extension. */
export type RequestedAddress = BranchAddress & { requests: { client: Client; place: EnvironmentPlace } };

export function hasRequests(address: BranchAddress): address is RequestedAddress {
    return address.requests !== undefined;
}

/** Proxies take addresses of this length. */
const longestQuery = 6_000;
const attempts = 3;
const firstPauseMs = 300;

/** Makes a commit, also when replies are lost: the same request again finds it made. */
export async function commitByRequest(
    { branch, person, requests: { client, place }, onWarning, conceal }: RequestedAddress,
    { expected, contentOf, ...content }: Omit<CommitToMake, "author">,
): Promise<Head> {
    const wanted = { ...content, expected, author: person, ...(contentOf !== expected && { contentOf }) };
    for (let attempt = 1; ; attempt += 1) {
        try {
            const { head, lines } = await makeCommit(client, place, wanted);
            lines.filter(isWarning).forEach((line) => void onWarning?.(line));
            return head;
        } catch (error) {
            if (!isProblem(error)) throw error;
            if (error.code === "push-refused") throw refusedConfiguration(branch, error.lines, conceal);
            if (!error.isUncertain || attempt === attempts) throw error;
            await sleep(firstPauseMs * attempt);
        }
    }
}

/** Groups of paths that fit into one address each. */
function* splitPaths(paths: readonly string[]): Generator<string[]> {
    let group: string[] = [];
    let length = 0;
    for (const path of paths) {
        const size = encodeURIComponent(path).length + "&file=".length;
        if (group.length > 0 && length + size > longestQuery) {
            yield group;
            [group, length] = [[], 0];
        }
        group.push(path);
        length += size;
    }
    if (group.length > 0) yield group;
}

/** Gives work a clone. */
export type ByGit = <T>(work: (clone: Checkout) => Promise<T>) => Promise<T>;

/** The files of a commit, read and committed by request. Their contents are read when somebody wants them. */
export class RequestedCheckout implements Checkout {
    readonly executables: ReadonlySet<string>;
    readonly #contents: Map<string, Buffer>;
    readonly #wanted = new Set<string>();
    #reading: Promise<void> | undefined;

    /**
     * @param head of the branch
     * @param content the commit whose files these are
     * @param byGit gives work a clone at the same commit, for files and commits that are too large for a request
     */
    constructor(
        private readonly address: RequestedAddress,
        readonly head: Head,
        private readonly content: BranchContent,
        private readonly byGit: ByGit,
    ) {
        this.executables = new Set([...content.modes].filter(([, mode]) => mode === "100755").map(([path]) => path));
        this.#contents = new Map(content.contents);
    }

    get files(): ReadonlyMap<string, string> {
        return this.content.files;
    }

    async describeHead(): Promise<PastCommit> {
        const { newest } = this.content;
        return newest.id === this.head.commit ? newest : (await this.#readCommit(this.head.commit)).newest;
    }

    async read(file: string): Promise<Buffer | undefined> {
        if (!this.files.has(file)) return undefined;
        while (!this.#contents.has(file)) {
            this.#wanted.add(file);
            // in a moment, so that others can say what they want too
            this.#reading ??= Promise.resolve().then(() => this.#readWanted());
            await this.#reading;
        }
        return this.#contents.get(file);
    }

    async commit(edits: FileEdits, message: string): Promise<Head> {
        const commits = { expected: this.head.commit, contentOf: this.content.head.commit };
        return commitByRequest(this.address, { ...commits, edits, message }).catch((error) => {
            if (isProblem(error) && error.code === "body-too-large")
                return this.byGit((clone) => clone.commit(edits, message));
            throw error;
        });
    }

    async listPast(isLast: (commit: PastCommit) => boolean): Promise<PastCommit[]> {
        const { client, place } = this.address.requests;
        const past: PastCommit[] = [];
        for (let before = this.head.commit; past.length < mostPast; before = past.at(-1)?.id as string) {
            const page = await listPastCommits(client, place, before);
            const last = page.findIndex(isLast);
            past.push(...(last === -1 ? page : page.slice(0, last + 1)));
            if (last !== -1 || page.length === 0) break;
        }
        return past;
    }

    async filesAt(commit: string): Promise<ReadonlyMap<string, string>> {
        return (await this.#readCommit(commit)).files;
    }

    #readCommit(commit: string, files: readonly string[] = []): Promise<BranchContent> {
        const { client, place } = this.address.requests;
        return readBranch(client, place, { commit, files });
    }

    async #readWanted(): Promise<void> {
        const wanted = [...this.#wanted];
        this.#wanted.clear();
        this.#reading = undefined;
        for (const files of splitPaths(wanted)) {
            const { contents } = await this.#readCommit(this.content.head.commit, files);
            for (const [path, data] of contents) this.#keep(path, data);
            // an answer has some of the files if not all fit into it
            const [first] = files.filter((file) => !this.#contents.has(file));
            if (first !== undefined && !files.some((file) => contents.has(file)))
                this.#keep(first, await this.byGit(async (clone) => (await clone.read(first)) as Buffer));
        }
    }

    #keep(path: string, data: Buffer): void {
        const blob = this.files.get(path);
        if (blobIdOf(data) !== blob)
            throw new Problem("unsupported", `the platform sent ${path} with other content than blob ${blob}`, {
                remedy: "Run this again; if it stays, report it to the operator of the platform",
            });
        this.#contents.set(path, data);
    }
}

/**
 * Reads a branch with the file that every change of it needs.
 *
 * @param byGit gives work a clone at a commit
 */
export async function openRequestedBranch(
    address: RequestedAddress,
    byGit: (commit: string) => ByGit,
): Promise<RequestedCheckout> {
    const { client, place } = address.requests;
    const content = await readBranch(client, place, { files: [sectionConfigPath] });
    return new RequestedCheckout(address, content.head, content, byGit(content.head.commit));
}

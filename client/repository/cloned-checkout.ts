import { mkdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { SimpleGit } from "simple-git";
import { type BranchAddress, type Checkout, type FileEdits, type Head, mostPast, type PastCommit } from "./checkout";
import { listFiles, readClonedHead, withClone } from "./clone";
import { listPast } from "./past-commits";
import { isWarning, pushFailure, remoteLines } from "./push-failure";

/** Files in a temporary folder, to be changed and committed on top of a branch. */
export class ClonedCheckout implements Checkout {
    constructor(
        private readonly git: SimpleGit,
        private readonly folder: string,
        private readonly address: BranchAddress,
        readonly head: Head,
        readonly files: ReadonlyMap<string, string>,
        readonly executables: ReadonlySet<string>,
    ) {}

    async describeHead(): Promise<PastCommit> {
        const [newest] = await listPast(this.git, "--max-count=1", this.head.commit);
        return newest as PastCommit;
    }

    async read(file: string): Promise<Buffer | undefined> {
        return this.files.has(file) ? readFile(path.join(this.folder, file)) : undefined;
    }

    async commit(edits: FileEdits, message: string): Promise<Head> {
        // first what goes: it may make room for a folder or file of the same name
        for (const [file, content] of edits) if (content === null) await this.#removeFile(file);
        for (const [file, content] of edits) {
            if (content === null) continue;
            const target = path.join(this.folder, file);
            await mkdir(path.dirname(target), { recursive: true });
            await writeFile(target, content);
        }
        // no command without output: simple-git waits for 50 ms after one
        await this.git.raw(["add", "--all", "--force", "--verbose"]);
        if ((await this.git.raw(["write-tree"])).trim() === this.head.tree) return this.head;
        await this.git.raw(["commit", "--no-verify", "--message", message]);
        const head = await readClonedHead(this.git);
        await this.#push().catch(async (error: Error) => {
            // after a lost reply git itself sends the push again, and the second push finds that the first has moved
            // the branch
            if ((await this.#remoteCommit()) !== head.commit) throw pushFailure(error.message, this.address);
        });
        return head;
    }

    async #push(): Promise<void> {
        let output = "";
        // git prints what the platform says beside its own answer
        this.git.outputHandler((_command, _stdout, stderr) => {
            stderr.on("data", (data: Buffer) => {
                output += data.toString("utf8");
            });
        });
        try {
            await this.git.raw(["push", "--porcelain", "origin", `HEAD:refs/heads/${this.address.branch}`]);
        } finally {
            this.git.outputHandler(() => {});
        }
        remoteLines(output)
            .filter(isWarning)
            .forEach((line) => void this.address.onWarning?.(line));
    }

    async listPast(isLast: (commit: PastCommit) => boolean): Promise<PastCommit[]> {
        if ((await this.git.raw(["rev-parse", "--is-shallow-repository"])).trim() === "true")
            await this.git.raw(["fetch", `--deepen=${mostPast}`, "origin", this.address.branch]);
        const range = ["--first-parent", "--skip=1", `--max-count=${mostPast}`, this.head.commit];
        const all = await listPast(this.git, ...range);
        const last = all.findIndex(isLast);
        return last === -1 ? all : all.slice(0, last + 1);
    }

    async filesAt(commit: string): Promise<ReadonlyMap<string, string>> {
        const [files] = await listFiles(this.git, commit);
        return files;
    }

    /** Removes a file, and the folders that have nothing else. */
    async #removeFile(file: string): Promise<void> {
        await rm(path.join(this.folder, file), { force: true });
        let folder = path.dirname(file);
        const isRemoved = () =>
            rmdir(path.join(this.folder, folder)).then(
                () => true,
                () => false,
            );
        while (folder !== "." && (await isRemoved())) folder = path.dirname(folder);
    }

    async #remoteCommit(): Promise<string | undefined> {
        const listing = await this.git
            .raw(["ls-remote", "origin", `refs/heads/${this.address.branch}`])
            .catch(() => "");
        return listing.split("\t")[0];
    }
}

const newestOnly = ["--depth", "1", "--single-branch"];

/** Gives `work` a branch without its history, as a clone. */
export async function withClonedBranch<T>(
    address: BranchAddress,
    work: (checkout: Checkout) => Promise<T>,
): Promise<T> {
    return withClone(address, newestOnly, async (git, clone) => {
        const head = await readClonedHead(git);
        return work(new ClonedCheckout(git, clone, address, head, ...(await listFiles(git, "HEAD"))));
    });
}

import { mkdir, mkdtemp, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Problem } from "section-model";
import { type SimpleGit, simpleGit } from "simple-git";
import { gitEnvironment } from "./git-environment";
import { pushFailure, transportFailure } from "./push-failure";
import { readSignature, type Signature } from "./signature";

export interface BranchAddress {
    gitUrl: string;
    branch: string;
    token: string;
    /** The author of commits. */
    person: { name: string; email: string };
}

/** Path -> content; null removes the file. */
export type FileEdits = ReadonlyMap<string, string | Buffer | null>;

export interface Head {
    commit: string;
    tree: string;
}

/** The longest time without output of git, before it is ended. */
const silenceMs = 120_000;
const enforced = "* -text -filter -ident -working-tree-encoding\n";

/** Files in a temporary folder, to be changed and committed on top of a branch. */
export class Checkout {
    constructor(
        private readonly git: SimpleGit,
        private readonly folder: string,
        private readonly branch: string,
        /** The head of the branch when it was fetched. */
        readonly head: Head,
        /** Path -> blob id of every file. */
        readonly files: ReadonlyMap<string, string>,
        /** Paths of executable files. A commit keeps the mode of each file. */
        readonly executables: ReadonlySet<string>,
    ) {}

    /** Author and time of the fetched head. */
    describeHead(): Promise<Signature> {
        return readSignature(this.git, this.head.commit);
    }

    /** The content of a file. Undefined when it is missing. */
    async read(file: string): Promise<Buffer | undefined> {
        return this.files.has(file) ? readFile(path.join(this.folder, file)) : undefined;
    }

    /**
     * Commits the files with the edits, and pushes them on top of the fetched head. Throws `head-moved` when the branch
     * has moved. Makes no commit when nothing differs from the branch.
     */
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
        await this.git
            .raw(["push", "--porcelain", "origin", `HEAD:refs/heads/${this.branch}`])
            .catch(async (error: Error) => {
                // after a lost reply git itself sends the push again, and the second push finds that the first has
                // moved the branch
                if ((await this.#remoteCommit()) !== head.commit) throw pushFailure(error.message, this.branch);
            });
        return head;
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
        const listing = await this.git.raw(["ls-remote", "origin", `refs/heads/${this.branch}`]).catch(() => "");
        return listing.split("\t")[0];
    }
}

export async function readClonedHead(git: SimpleGit): Promise<Head> {
    const [commit = "", tree = ""] = (await git.raw(["rev-parse", "HEAD", "HEAD^{tree}"])).trim().split("\n");
    return { commit, tree };
}

/** Every file of a commit: path -> blob id, and the paths of those that are executable. */
export async function listFiles(
    git: SimpleGit,
    commit: string,
): Promise<[files: Map<string, string>, executables: Set<string>]> {
    const listing = await git.raw(["ls-tree", "-r", "-z", "--full-tree", commit]);
    const files = new Map<string, string>();
    const executables = new Set<string>();
    for (const line of listing.split("\0").filter((each) => each !== "")) {
        const tab = line.indexOf("\t");
        const file = line.slice(tab + 1);
        const [mode, , blob = ""] = line.slice(0, tab).split(" ");
        files.set(file, blob);
        if (mode === "100755") executables.add(file);
    }
    return [files, executables];
}

/** Gives `work` a clone in a temporary folder. The options in `how` choose its extent. */
export async function withClone<T>(
    { gitUrl, branch, token, person }: BranchAddress,
    how: readonly string[],
    work: (git: SimpleGit, clone: string) => Promise<T>,
): Promise<T> {
    const folder = await mkdtemp(path.join(tmpdir(), "pulumi-section-"));
    try {
        // attributes of the repository must not change a byte of the files: a template brings stronger ones
        const template = path.join(folder, "template");
        const clone = path.join(folder, "clone");
        await mkdir(path.join(template, "info"), { recursive: true });
        await writeFile(path.join(template, "info", "attributes"), enforced);
        const environment = gitEnvironment(gitUrl, token, person);
        const options = {
            timeout: { block: silenceMs },
            unsafe: {
                allowUnsafeConfigEnvCount: true,
                allowUnsafeTemplateDir: true,
                allowUnsafeHooksPath: true,
                allowUnsafeCredentialHelper: true,
                allowUnsafeConfigPaths: true,
            },
            allowEnvironment: Object.keys(environment),
        };
        const open = (baseDir: string) => simpleGit({ ...options, baseDir }).env(environment);
        await open(folder)
            .raw(["clone", ...how, "--no-tags", "--branch", branch, `--template=${template}`, gitUrl, clone])
            .catch((error: Error) => Promise.reject(transportFailure(error.message, `fetch branch ${branch}`)));
        return await work(open(clone), clone);
    } catch (error) {
        if (/spawn git ENOENT/.test((error as Error).message ?? "")) {
            throw new Problem("unsupported", "git is not installed on this machine", {
                remedy: "Install git 2.30 or newer",
                cause: error,
            });
        }
        throw error;
    } finally {
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
}

const newestOnly = ["--depth", "1", "--single-branch"];

/** Gives `work` a branch without its history. */
export async function withBranch<T>(address: BranchAddress, work: (checkout: Checkout) => Promise<T>): Promise<T> {
    return withClone(address, newestOnly, async (git, clone) => {
        const head = await readClonedHead(git);
        return work(new Checkout(git, clone, address.branch, head, ...(await listFiles(git, "HEAD"))));
    });
}

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Problem } from "section-model";
import { type SimpleGit, simpleGit } from "simple-git";
import type { BranchAddress, Head } from "./checkout";
import { gitEnvironment } from "./git-environment";
import { transportFailure } from "./push-failure";

/** The longest time without output of git, before it is ended. */
const silenceMs = 120_000;
const enforced = "* -text -filter -ident -working-tree-encoding\n";

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

import type { SimpleGit } from "simple-git";
import type { BranchAddress } from "./checkout";
import { withClone } from "./clone";
import type { Signature } from "./signature";

export interface Commit extends Signature {
    /** The paths that it changed on this branch. A merge changed the paths that it brought in. */
    files: string[];
}

/** The largest number of commits to look at. */
const depth = 200;

const format = "%x01%H%x00%P%x00%an%x00%ae%x00%cI%x00%s%x00";

/** The commits of a branch since a known one, newest first, each compared with its predecessor on the branch. */
export class History {
    constructor(
        private readonly git: SimpleGit,
        readonly commits: readonly Commit[],
    ) {}

    /** The text of a file after a commit and before it. Undefined where it was missing. */
    async texts({ id }: Commit, file: string): Promise<[after: string | undefined, before: string | undefined]> {
        const show = (revision: string) => this.git.raw(["show", `${revision}:${file}`]).catch(() => undefined);
        return [await show(id), await show(`${id}^`)];
    }
}

async function listCommits(git: SimpleGit, range: string): Promise<Commit[]> {
    const output = await git.raw([
        "log",
        "--first-parent",
        "-m",
        "--name-only",
        "--no-renames",
        "-z",
        `--format=${format}`,
        range,
        "--",
    ]);
    return output
        .split("\u0001")
        .slice(1)
        .map((entry) => entry.split("\0"))
        .filter(([, parents]) => parents !== "") // the last commit of the clone looks as if it had added all files
        .map(([id = "", , name = "", email = "", date = "", subject = "", ...names]) => {
            const files = names.map((file) => file.replace(/^\n/, "")).filter((file) => file !== "");
            return { id, name, email, date, subject, files };
        });
}

/**
 * Gives `work` the commits of a branch since the commit `since`. When that is too far back or missing, gives all
 * commits.
 */
export async function withHistory<T>(
    address: BranchAddress,
    since: string | undefined,
    work: (history: History) => Promise<T>,
): Promise<T> {
    return withClone(address, ["--depth", String(depth), "--single-branch"], async (git) => {
        const commits = await (since === undefined
            ? listCommits(git, "HEAD")
            : listCommits(git, `${since}..HEAD`).catch(() => listCommits(git, "HEAD")));
        return work(new History(git, commits));
    });
}

import type { SimpleGit } from "simple-git";
import { commitsPerPage, listPastCommits } from "./branch-requests";
import type { BranchAddress, PastCommit } from "./checkout";
import { withClone } from "./clone";
import { hasRequests } from "./requested-checkout";

const pastFields = ["%H", "%an", "%ae", "%cI", "%s", "%B"];

/** The commits that `git log` lists with these options, with their messages. */
export async function listPast(git: SimpleGit, ...options: readonly string[]): Promise<PastCommit[]> {
    const format = `--format=${pastFields.map((field) => `${field}%x00`).join("")}`;
    const parts = (await git.raw(["log", format, ...options])).split("\0");
    return Array.from({ length: Math.floor(parts.length / pastFields.length) }, (_, index) => {
        const fields = parts.slice(index * pastFields.length, (index + 1) * pastFields.length);
        const [id = "", name = "", email = "", date = "", subject = "", message = ""] = fields;
        return { id: id.trim(), name, email, date, subject, message: message.trimEnd() };
    });
}

/**
 * The commits of a branch along first parents, newest first, until `isEnough`: by request where the endpoint has the
 * extension `environment.commits`, else by git.
 *
 * @param isEnough is asked about all commits so far, again and again
 */
export async function readPast(
    address: BranchAddress,
    isEnough: (commits: readonly PastCommit[]) => boolean,
): Promise<PastCommit[]> {
    if (!hasRequests(address))
        return withClone(address, ["--bare", "--single-branch"], (git) => listPast(git, "--first-parent", "HEAD"));
    const { client, place } = address.requests;
    const commits: PastCommit[] = [];
    for (;;) {
        const page = await listPastCommits(client, place, commits.at(-1)?.id);
        commits.push(...page);
        if (page.length < commitsPerPage || isEnough(commits)) return commits;
    }
}

import { Problem } from "section-model";
import { type Head, parseCommit } from "./objects/object-format";
import type { TreeReader } from "./objects/tree-edit";
import type { Asker } from "./process/asker";
import type { Git } from "./process/git";

/** A repository whose history is walked. */
export interface WalkedRepository {
    git: Git;
    gitDir: string;
    objects: TreeReader;
    asker?: Asker;
}

export interface HistoryPage {
    limit: number;
    /** The commit that the page before ended with. */
    before?: string;
}

/** Commits that are walked here, each a file to read. Git walks longer ways, in a process of its own. */
const nearSteps = 100;
const walkTimeoutMs = 10_000;
const lineBytes = 41;

/**
 * Commits from a tip on, newest first, along the first parents; none when `before` is not among them. It ends when its
 * asker has left.
 */
export async function listHistory(
    repository: WalkedRepository,
    tip: string,
    { limit, before }: HistoryPage,
): Promise<Head[]> {
    let oid: string | undefined = before === undefined ? tip : await findParentOf(repository, tip, before);
    const found: Head[] = [];
    while (oid !== undefined && found.length < limit) {
        const { parents, ...head } = await readCommit(repository, oid);
        found.push(head);
        oid = parents[0];
    }
    return found;
}

async function readCommit({ objects, asker }: WalkedRepository, oid: string) {
    asker?.signal?.throwIfAborted();
    return parseCommit(oid, (await objects.read(oid)).data);
}

/** The first parent of a commit that is in the history of a tip; undefined when it is not, or has none. */
async function findParentOf(repository: WalkedRepository, tip: string, wanted: string): Promise<string | undefined> {
    let at: string | undefined = tip;
    for (let steps = 0; at !== undefined && steps < nearSteps; steps += 1) {
        const { commit, parents }: { commit: string; parents: string[] } = await readCommit(repository, at);
        if (commit === wanted) return parents[0];
        at = parents[0];
    }
    if (at === undefined || !(await isFurther(repository, at, wanted))) return undefined;
    return (await readCommit(repository, wanted)).parents[0];
}

async function isFurther({ git, gitDir, asker }: WalkedRepository, from: string, wanted: string): Promise<boolean> {
    const child = await git.start({
        gitDir,
        asker,
        verb: "rev-list",
        flags: ["--first-parent"],
        operands: [from],
        timeoutMs: walkTimeoutMs,
    });
    child.stdin.end();
    let rest = "";
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
        const text = rest + chunk.toString("latin1");
        if (text.includes(wanted)) return true; // leaving the loop ends the child
        rest = text.slice(-lineBytes);
    }
    const { exitCode, stderr } = await child.ended;
    asker?.signal?.throwIfAborted();
    if (exitCode === 0) return false;
    if (stderr.includes("fatal")) throw git.failure("rev-list", exitCode, stderr);
    throw new Problem("overloaded", `the history was not walked to its end in ${walkTimeoutMs / 1000} s`, {
        retryAfterSeconds: 10,
    });
}

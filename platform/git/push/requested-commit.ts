import { Readable } from "node:stream";
import { formatSize, Problem } from "section-model";
import type { ContentProblem } from "section-model/content";
import { failpoint } from "../../failpoint";
import { DraftObjects } from "../objects/draft-objects";
import { formatPack } from "../objects/format-pack";
import { type Head, parseCommit } from "../objects/object-format";
import type { ObjectStore } from "../objects/object-store";
import { moveReference } from "../references/reference-update";
import type { Repositories, RepositoryKey } from "../repositories";
import { claimRepository } from "../upkeep/repository-claim";
import { type CommitRequest, readHead, writeCommit } from "../write-commit";
import { checkCommit } from "./check-commit";
import type { AcceptedUpdate } from "./push";
import type { PushRules } from "./push-policy";
import { formatReportLine } from "./push-report";
import { Quarantine, unpackLimit } from "./quarantine";

/** A commit whose content comes in a request, for a branch that is there. */
export interface RequestedCommit extends Omit<CommitRequest, "base"> {
    key: RepositoryKey;
    branch: string;
    /** The commit that the branch must be at. */
    expected: string;
    /** The commit whose content the changes are over. Default: the expected one. */
    contentOf?: string;
    rules: PushRules;
    /** The most bytes of new objects, as of a push. */
    maxPackBytes: number;
    /** As for a push: told before the next one moves a branch of the repository. */
    onAccepted(updates: AcceptedUpdate[]): Promise<void>;
}

export interface MadeCommit {
    head: Head;
    /** What a person who pushes it would read. */
    lines: string[];
}

/** How many commits on top of its own a request that is repeated may find. */
const laterCommits = 100;

/**
 * The commit that was made on top of another one of a branch. Undefined when nobody made one, or when it is too far
 * back.
 */
async function findMadeOn(objects: ObjectStore, tip: string, parent: string): Promise<Head | undefined> {
    let at: string | undefined = tip;
    for (let steps = 0; at !== undefined && steps <= laterCommits; steps += 1) {
        const { parents, ...head } = parseCommit(at, (await objects.read(at)).data);
        if (parents[0] === parent) return head;
        at = parents[0];
    }
    return undefined;
}

/** True when two commits on top of the same one say and contain the same. */
function isSameCommit(one: Head, other: Head): boolean {
    const said = ({ tree, message, author }: Head) => JSON.stringify([tree, message, author.name, author.email]);
    return said(one) === said(other);
}

function refuseMoved(branch: string, { commit, author, committedAt, message }: Head, expected: string): never {
    const [subject = ""] = message.split("\n", 1);
    const at = `${committedAt.toISOString().slice(0, 19).replace("T", " ")} UTC`;
    throw new Problem(
        "head-moved",
        formatReportLine(
            `branch ${branch} is at ${commit}, not at ${expected}: ${author.name} <${author.email}>, ${at}, ${JSON.stringify(subject)}`,
        ),
    );
}

/** Refuses in the words that a person who pushes it would read. */
function refuseProblems(branch: string, problems: readonly ContentProblem[]): void {
    if (problems.length === 0) return;
    throw new Problem("push-refused", `the configuration of ${branch} is refused, and nothing was changed`, {
        lines: problems.map(({ message }) => formatReportLine(message)),
    });
}

/** Names that git has rules for, also in the spellings that some file systems take for the same: `.gitmodules`. */
const isRuledByGit = (path: string) =>
    path.split("/").some((part) => /^\.?gi/i.test(part.replaceAll(/[^\x21-\x7e]/g, "")));

/**
 * Stores new objects so that they are on the disk. Git judges what it has rules for, as in a push, and it writes many
 * objects as one file.
 */
async function store(repositories: Repositories, draft: DraftObjects, request: RequestedCommit): Promise<void> {
    const objects = [...draft.drafted.values()];
    if (objects.length <= unpackLimit && ![...request.files.keys()].some(isRuledByGit)) return draft.store();
    const pack = await formatPack(objects);
    const quarantine = await Quarantine.open(repositories.git, repositories.folder(request.key), request.key);
    try {
        await quarantine.receive(Readable.from([pack]), pack.length);
        await quarantine.unpack({ maxPackBytes: request.maxPackBytes, maxUnpackedBytes: Number.POSITIVE_INFINITY });
        await quarantine.release();
    } finally {
        await quarantine.discard();
    }
}

/**
 * Makes a commit on top of the head that its author saw, if it is still there, checked as a push of it. The same
 * request again finds its commit made. Without a difference there is none. Throws `head-moved` with the newest commit
 * of the branch, `push-refused` with the lines that a push gets.
 */
export async function makeRequestedCommit(repositories: Repositories, request: RequestedCommit): Promise<MadeCommit> {
    const { key } = request;
    return repositories.exclusively(key, async () => {
        const claim = await claimRepository(repositories.folder(key));
        try {
            return await makeInTurn(repositories, request);
        } finally {
            await claim.release();
        }
    });
}

async function makeInTurn(repositories: Repositories, request: RequestedCommit): Promise<MadeCommit> {
    const { key, branch, expected, contentOf, rules, maxPackBytes } = request;
    const objects = repositories.objects(key);
    const head = await repositories.head(key, branch, objects);
    if (head === undefined) throw new Problem("not-found", `branch ${branch} does not exist`);
    const later = head.commit === expected ? undefined : await findMadeOn(objects, head.commit, expected);
    if (head.commit !== expected && later === undefined) refuseMoved(branch, head, expected);
    const parent = later === undefined ? head : await readHead(objects, expected);
    const draft = new DraftObjects(objects);
    const base = contentOf === undefined ? parent.tree : (await readHead(objects, contentOf)).tree;
    const made = await writeCommit(draft, parent, { ...request, base });
    if (made !== parent && later !== undefined && isSameCommit(later, made)) return { head: later, lines: [] };
    if (later !== undefined) refuseMoved(branch, head, expected);
    if (made === parent) return { head, lines: [] };
    const received = [...draft.drafted.values()].reduce((sum, { data }) => sum + data.length, 0);
    if (received > maxPackBytes)
        throw new Problem("body-too-large", `a commit may bring ${formatSize(maxPackBytes)}, as a push may`);
    const { lines, problems } = await checkCommit(draft, branch, made.commit, { rules, received });
    refuseProblems(branch, problems);
    await store(repositories, draft, request);
    failpoint("git.after-objects");
    failpoint("git.before-ref");
    try {
        await moveReference(repositories.folder(key), branch, expected, made.commit);
    } catch (error) {
        if (!(error instanceof Problem && error.code === "head-moved")) throw error;
        refuseMoved(branch, (await repositories.head(key, branch)) ?? head, expected); // by another process
    }
    failpoint("git.after-ref");
    await request.onAccepted([{ branch, before: expected, after: made.commit }]);
    return { head: made, lines: lines.map(formatReportLine) };
}

import { type BranchCommit, bytesOfEdit, isText, Problem } from "section-model";
import type { Member } from "../auth/caller";
import { Branch } from "../git/branch";
import { type MadeCommit, makeRequestedCommit } from "../git/push/requested-commit";
import type { Head } from "../git/repositories";
import { isOnBranch } from "../git/views/commits";
import { readHead } from "../git/write-commit";
import { nextSlice } from "../slices";
import { type BranchPlace, openEnvironment } from "./branches";
import { type Context, repositoryOf, signatureOf } from "./context";
import { requireEnvironment } from "./environments";
import { requireSpace } from "./kept-bytes";
import { pushRules, recordPush } from "./pushes";

/** The most bytes of content in one answer. Readers ask again for the rest, by path. */
const mostBytes = 8 * 1024 * 1024;

export interface ContentQuery {
    /** A commit on any branch of the application. Default: the newest of the environment. */
    commit?: string;
    /** The files to show the content of: paths, or all of them. */
    content: readonly string[] | "all";
}

/** A file of a commit. */
export interface ShownFile {
    path: string;
    mode: string;
    blob: string;
    /** Missing where nobody asked for it, or where it did not fit. */
    content?: string | { base64: string };
}

async function requireCommit(
    { repositories }: Context,
    member: Member,
    applicationId: number,
    commit: string,
): Promise<Branch> {
    const key = repositoryOf(member, applicationId);
    const objects = repositories.objects(key);
    if (!(await isOnBranch(repositories, key, commit, objects)))
        throw new Problem("not-found", `no branch of application ${applicationId} has commit ${commit}`);
    return new Branch(objects, await readHead(objects, commit));
}

/** JSON has six characters for each of these. */
const isControl = (byte: number) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d;
const smallBytes = 64 * 1024;

async function countControls(data: Buffer): Promise<number> {
    let count = 0;
    for (let at = 0; at < data.length; at += smallBytes) {
        for (const byte of data.subarray(at, at + smallBytes)) if (isControl(byte)) count += 1;
        await nextSlice();
    }
    return count;
}

/** The content of a file: as text, unless it is none, or one whose JSON would be several times as large. */
async function show(data: Buffer): Promise<ShownFile["content"]> {
    const controls = data.length > smallBytes ? await countControls(data) : 0;
    return isText(data) && controls <= data.length / 16 ? data.toString("utf8") : { base64: data.toString("base64") };
}

/** The files of an environment, or of another commit of its application. */
export async function readContent(
    context: Context,
    member: Member,
    place: BranchPlace,
    { commit, content }: ContentQuery,
): Promise<{ commit: Head; files: ShownFile[] }> {
    const { applicationId } = place;
    const { branch: newest } = await openEnvironment(context, member, place);
    const isOther = commit !== undefined && commit !== newest.head.commit;
    const branch = isOther ? await requireCommit(context, member, applicationId, commit) : newest;
    const { objects } = branch;
    const asked = content === "all" ? undefined : new Set(content);
    let left = mostBytes;
    const files: ShownFile[] = [];
    for (const { path, mode, oid: blob } of await branch.files()) {
        const isAsked = mode.startsWith("100") && (asked?.has(path) ?? true);
        const size = isAsked ? (await objects.facts(blob))?.size : undefined;
        const fits = size !== undefined && size <= left;
        if (fits) left -= size;
        const data = fits ? (await objects.read(blob)).data : undefined;
        await nextSlice();
        files.push({ path, mode, blob, ...(data !== undefined && { content: await show(data) }) });
    }
    return { commit: branch.head, files };
}

/** Makes a commit on top of an environment's branch, as a push of it would. */
export async function commitBranch(
    context: Context,
    member: Member,
    { applicationId, environment }: BranchPlace,
    { expected, message, author, content_of: contentOf, files }: BranchCommit,
): Promise<MadeCommit> {
    await requireEnvironment(context.store.database, member, applicationId, environment);
    await requireSpace(context, member.accountId);
    if (contentOf !== undefined && contentOf !== expected)
        await requireCommit(context, member, applicationId, contentOf);
    return makeRequestedCommit(context.repositories, {
        key: { ...repositoryOf(member, applicationId), signal: undefined }, // what has begun is brought to its end
        branch: environment,
        expected,
        contentOf: contentOf === expected ? undefined : contentOf,
        files: new Map(Object.entries(files).map(([path, content]) => [path, bytesOfEdit(content)])),
        author: author ?? signatureOf(member.caller),
        message,
        date: context.now(),
        rules: pushRules(context, member, [environment]),
        maxPackBytes: context.options.maxPackBytes,
        onAccepted: (updates) => recordPush(context, member, applicationId, updates),
    });
}

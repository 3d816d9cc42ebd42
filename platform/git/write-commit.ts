import { formatCommit, type Head, parseCommit, type Signature } from "./objects/object-format";
import { editTree, type FileChanges, type TreeReader, type TreeWriter } from "./objects/tree-edit";

/** Author of the platform's own commits, committer of those that it makes for a user. */
export const platformSignature: Signature = { name: "Section.io", email: "support@section.io" };

export interface CommitRequest {
    files: FileChanges;
    author: Signature;
    message: string;
    /** Default: now. */
    date?: Date;
    /** The tree that the changes are over. Default: the parent's. */
    base?: string;
}

function headOf(oid: string, data: Buffer): Head {
    const { parents: _, ...head } = parseCommit(oid, data);
    return head;
}

export async function readHead(objects: TreeReader, oid: string): Promise<Head> {
    return headOf(oid, (await objects.read(oid)).data);
}

/** Writes a commit and everything below it; returns `parent` itself when nothing differs. */
export async function writeCommit(
    objects: TreeWriter,
    parent: Head | undefined,
    { files, author, message, date = new Date(), base = parent?.tree }: CommitRequest,
): Promise<Head> {
    const tree = await editTree(objects, base, files);
    if (parent !== undefined && tree === parent.tree) return parent;
    const parents = parent ? [parent.commit] : [];
    const data = formatCommit({ tree, parents, author, committer: platformSignature, message, date });
    return headOf(await objects.write("commit", data), data);
}

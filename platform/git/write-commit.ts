import { formatCommit, type Head, parseCommit, type Signature } from "./objects/object-format";
import type { ObjectStore } from "./objects/object-store";
import { editTree, type FileChanges } from "./objects/tree-edit";

/** Author of the platform's own commits, committer of those that it makes for a user. */
export const platformSignature: Signature = { name: "Section.io", email: "support@section.io" };

export interface CommitRequest {
    files: FileChanges;
    author: Signature;
    message: string;
    /** Default: now. */
    date?: Date;
}

function headOf(oid: string, data: Buffer): Head {
    const { parents: _, ...head } = parseCommit(oid, data);
    return head;
}

export async function readHead(objects: ObjectStore, oid: string): Promise<Head> {
    return headOf(oid, (await objects.read(oid)).data);
}

/** Commits from a tip on, newest first, along the first parents; `before` leaves out those up to this one. */
export async function listHeads(
    objects: ObjectStore,
    tip: string,
    { limit, before }: { limit: number; before?: string },
): Promise<Head[]> {
    const found: Head[] = [];
    let oid: string | undefined = tip;
    let counting = before === undefined;
    while (oid !== undefined && found.length < limit) {
        const { parents, ...head } = parseCommit(oid, (await objects.read(oid)).data);
        if (counting) found.push(head);
        if (oid === before) counting = true;
        oid = parents[0];
    }
    return found;
}

/** Writes a commit and everything below it; returns `parent` itself when nothing differs. */
export async function writeCommit(
    objects: ObjectStore,
    parent: Head | undefined,
    { files, author, message, date = new Date() }: CommitRequest,
): Promise<Head> {
    const tree = await editTree(objects, parent?.tree, files);
    if (parent !== undefined && tree === parent.tree) return parent;
    const parents = parent ? [parent.commit] : [];
    const data = formatCommit({ tree, parents, author, committer: platformSignature, message, date });
    return headOf(await objects.write("commit", data), data);
}

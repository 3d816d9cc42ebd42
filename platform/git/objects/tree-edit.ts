import { Problem } from "section-model";
import { fileMode, folderMode, formatTree, type GitObject, type ObjectType, type TreeEntry } from "./object-format";

/** Objects that can be read. */
export interface TreeReader {
    read(oid: string): Promise<GitObject>;
    readTree(oid: string): Promise<TreeEntry[]>;
}

/** Objects that can be read and added. */
export interface TreeWriter extends TreeReader {
    write(type: ObjectType, data: Buffer): Promise<string>;
}

/** Path in the tree -> new content, or null to remove the file. */
export type FileChanges = ReadonlyMap<string, Buffer | null>;

/** A file somewhere below a tree. */
export interface TreeFile {
    path: string;
    mode: string;
    oid: string;
}

interface Folder {
    files: Map<string, Buffer | null>;
    folders: Map<string, Folder>;
}

function nest(changes: FileChanges): Folder {
    const root: Folder = { files: new Map(), folders: new Map() };
    for (const [path, content] of changes) {
        const parts = path.split("/");
        let at = root;
        for (const part of parts.slice(0, -1)) {
            const next = at.folders.get(part) ?? { files: new Map(), folders: new Map() };
            at.folders.set(part, next);
            at = next;
        }
        at.files.set(parts.at(-1) as string, content);
    }
    return root;
}

async function editFolder(
    objects: TreeWriter,
    entries: TreeEntry[],
    folder: Folder,
    prefix = "",
): Promise<TreeEntry[]> {
    const byName = new Map(entries.map((entry) => [entry.name, entry]));
    const isFolder = (name: string) => byName.get(name)?.mode === folderMode;
    // files that go make room for folders, and folders that become empty make room for files
    for (const [name, content] of folder.files) if (content === null && !isFolder(name)) byName.delete(name);
    const editBelow = async ([name, inner]: [string, Folder]) => {
        const previous = byName.get(name);
        if (previous !== undefined && previous.mode !== folderMode)
            throw new Problem("invalid-input", `${prefix}${name} is a file, not a folder`);
        const below = previous === undefined ? [] : await objects.readTree(previous.oid);
        const edited = await editFolder(objects, below, inner, `${prefix}${name}/`);
        if (edited.length === 0) byName.delete(name);
        else byName.set(name, { mode: folderMode, name, oid: await objects.write("tree", formatTree(edited)) });
    };
    const writeFile = async ([name, content]: [string, Buffer | null]) =>
        content === null ? [] : [{ name, oid: await objects.write("blob", content) }];
    // at once: each write waits for the disk
    const [written] = await Promise.all([
        Promise.all([...folder.files].map(writeFile)),
        Promise.all([...folder.folders].map(editBelow)),
    ]);
    for (const { name, oid } of written.flat()) {
        if (isFolder(name)) throw new Problem("invalid-input", `${prefix}${name} is a folder, not a file`);
        byName.set(name, { mode: byName.get(name)?.mode === "100755" ? "100755" : fileMode, name, oid });
    }
    return [...byName.values()];
}

/** Applies changes to a tree (none: the empty one) and returns the id of the new tree. */
export async function editTree(objects: TreeWriter, tree: string | undefined, changes: FileChanges): Promise<string> {
    const entries = tree === undefined ? [] : await objects.readTree(tree);
    return objects.write("tree", formatTree(await editFolder(objects, entries, nest(changes))));
}

/** Finds the entry at a path, or undefined. */
export async function findEntry(objects: TreeReader, tree: string, path: string): Promise<TreeEntry | undefined> {
    const parts = path.split("/");
    let at = tree;
    for (const [index, part] of parts.entries()) {
        const entry = (await objects.readTree(at)).find(({ name }) => name === part);
        if (entry === undefined || index === parts.length - 1) return entry;
        if (entry.mode !== folderMode) return undefined;
        at = entry.oid;
    }
    return undefined;
}

/** The most files and folders of a commit: a few small trees that name each other can stand for any number. */
export const mostEntries = 200_000;

/**
 * Every file below a tree, with its full path.
 *
 * @throws Problem `push-refused` for a tree of more than `most` files and folders
 */
export async function listTree(objects: TreeReader, tree: string, most = mostEntries): Promise<TreeFile[]> {
    let left = most;
    const list = async (oid: string, prefix: string): Promise<TreeFile[]> => {
        const entries = await objects.readTree(oid);
        left -= entries.length;
        if (left < 0)
            throw new Problem("push-refused", `the commit has more than ${most} files and folders`, {
                remedy: "Keep fewer in one branch",
            });
        const lists = await Promise.all(
            entries.map((entry) =>
                entry.mode === folderMode
                    ? list(entry.oid, `${prefix}${entry.name}/`)
                    : [{ path: `${prefix}${entry.name}`, mode: entry.mode, oid: entry.oid }],
            ),
        );
        return lists.flat();
    };
    return list(tree, "");
}

import { folderMode } from "../objects/object-format";
import { findEntry } from "../objects/tree-edit";
import type { Repositories, RepositoryKey } from "../repositories";

/** A file as it stands in a tree. */
export interface FileEntry {
    path: string;
    bytes: number;
}

/** A file to look at: its text, or why there is none. */
export interface FilePreview extends FileEntry {
    text?: string;
    hidden?: "binary" | "large";
}

const largestBytes = 512 * 1024;

/** Every file of a tree with its size, in order. */
export async function listFileSizes(
    repositories: Repositories,
    key: RepositoryKey,
    tree: string,
): Promise<FileEntry[]> {
    const call = {
        gitDir: repositories.folder(key),
        asker: key,
        verb: "ls-tree",
        flags: ["-r", "-l", "-z", "--full-tree"],
        operands: [tree],
    };
    const { stdout } = await repositories.git.run(call);
    const entries = stdout.toString("utf8").split("\0");
    return entries.flatMap((entry) => {
        const [, bytes, path] = /^\d+ blob [0-9a-f]+ +(\d+)\t(.*)$/s.exec(entry) ?? [];
        return path === undefined ? [] : [{ path, bytes: Number(bytes) }];
    });
}

/** A file of a tree, or undefined. One that is too large is not read at all. */
export async function previewFile(
    repositories: Repositories,
    key: RepositoryKey,
    tree: string,
    path: string,
): Promise<FilePreview | undefined> {
    const objects = repositories.objects(key);
    const entry = await findEntry(objects, tree, path);
    if (entry === undefined || entry.mode === folderMode) return undefined;
    const { stdout } = await repositories.git.run({
        gitDir: repositories.folder(key),
        asker: key,
        verb: "cat-file",
        flags: ["-s"],
        operands: [entry.oid],
    });
    const bytes = Number(stdout.toString("latin1"));
    if (bytes > largestBytes) return { path, bytes, hidden: "large" };
    const { data } = await objects.read(entry.oid);
    return data.includes(0) ? { path, bytes, hidden: "binary" } : { path, bytes, text: data.toString("utf8") };
}

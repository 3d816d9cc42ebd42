import { formatSize, Problem } from "section-model";
import type { BranchFiles } from "section-model/content";
import { folderMode, type Head } from "./objects/object-format";
import type { ObjectStore } from "./objects/object-store";
import { type FileChanges, findEntry, listTree, type TreeFile } from "./objects/tree-edit";

/** The most bytes of a file that a request reads, to parse or show it: larger ones keep everybody else waiting. */
export const largestRead = 1024 * 1024;

/** A branch at one commit: it shows the same files even when others write meanwhile. */
export class Branch {
    constructor(
        readonly objects: ObjectStore,
        readonly head: Head,
    ) {}

    /**
     * The content of a file; undefined when there is no plain file of that name. Throws `push-refused` for one that is
     * too large.
     */
    async read(file: string): Promise<Buffer | undefined> {
        const entry = await findEntry(this.objects, this.head.tree, file);
        if (entry === undefined || !entry.mode.startsWith("100")) return undefined;
        const size = (await this.objects.facts(entry.oid))?.size ?? 0;
        if (size > largestRead)
            throw new Problem(
                "push-refused",
                `${file} has ${size} bytes; files of up to ${formatSize(largestRead)} are read`,
                {
                    remedy: "Push a smaller one with git",
                },
            );
        return (await this.objects.read(entry.oid)).data;
    }

    /** Every file, with its full path. */
    files(): Promise<TreeFile[]> {
        return listTree(this.objects, this.head.tree);
    }

    /** The names of the plain files directly in a folder; none when there is no such folder. */
    async filesIn(folder: string): Promise<string[]> {
        const entry = await findEntry(this.objects, this.head.tree, folder);
        if (entry?.mode !== folderMode) return [];
        return (await this.objects.readTree(entry.oid))
            .filter(({ mode }) => mode.startsWith("100"))
            .map(({ name }) => name);
    }

    /** The content of the branch with changes over it. */
    async with(changes: FileChanges): Promise<BranchFiles> {
        const kept = (await this.files()).filter(({ path }) => !changes.has(path));
        const oids = new Map(kept.map(({ path, oid }) => [path, oid]));
        const added = [...changes]
            .filter(([, content]) => content !== null)
            .map(([path]) => ({ path, mode: "100644" }));
        return {
            files: [...kept, ...added],
            size: async (path) =>
                changes.get(path)?.length ?? (await this.objects.facts(oids.get(path) as string))?.size ?? 0,
            read: async (path) => changes.get(path) ?? (await this.objects.read(oids.get(path) as string)).data,
        };
    }
}

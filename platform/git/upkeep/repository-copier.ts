import { createReadStream, type ReadStream } from "node:fs";
import { type FileHandle, open, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { isMissing, unlessMissing } from "../objects/missing-file";
import { listAllReferences } from "../references/references";
import { formatPackedReferences } from "./restored-file";

/**
 * A file of a repository, as a copy takes it: small ones read, large ones open, those that another repository has too
 * as its second name.
 */
export type CopiedFile = { name: string } & (
    | { content: Buffer }
    | { size: number; stream: ReadStream }
    | { link: string }
);

/** References by their full names, with the ids they point to. */
export type References = ReadonlyMap<string, string>;

/** Chooses the branches and tags of the copy from the ones there are now. */
export type ChooseReferences = (now: References) => Promise<References>;

/** The repository was removed meanwhile. */
export class RepositoryGone extends Error {}

const largeBytes = 1024 * 1024;
const readAtOnce = 16;
const attempts = 20;

interface Found {
    /**
     * Of a file with several names: when they are all removed, another object may come to lie in its place on the disk.
     */
    identity: string | undefined;
    /** Unless it is large, or copied already. */
    content: Buffer | undefined;
}

async function listFolder(folder: string): Promise<string[]> {
    return (await unlessMissing(readdir(folder))) ?? [];
}

/**
 * The files that hold the objects of a repository. Files that git derives from them are left out, as git makes them
 * anew, and so are pushes half received. Packs come last: git writes a pack before it removes the loose objects, so
 * that one of the two is seen.
 */
async function listObjectFiles(gitDir: string): Promise<string[]> {
    const folders = (await listFolder(path.join(gitDir, "objects"))).filter((name) => /^[0-9a-f]{2}$/.test(name));
    const found: string[] = [];
    for (const folder of folders)
        for (const name of await listFolder(path.join(gitDir, "objects", folder)))
            if (/^[0-9a-f]{38}$/.test(name)) found.push(`objects/${folder}/${name}`);
    for (const name of await listFolder(path.join(gitDir, "objects", "pack")))
        if (/^pack-[0-9a-f]+\.(pack|idx)$/.test(name)) found.push(`objects/pack/${name}`);
    return found;
}

/** Copies repositories that others go on writing to. Of files that are one file on the disk, one is copied. */
export class RepositoryCopier {
    /** The first copy of each file that has several names. */
    readonly #copied = new Map<string, string>();

    /**
     * The files of a repository, named below `prefix`: first the branches and tags, then everything they lead to, which
     * was written before they moved. Throws `RepositoryGone`, at any time.
     */
    async *copy(gitDir: string, prefix: string, choose: ChooseReferences): AsyncGenerator<CopiedFile> {
        const references = await choose(await listAllReferences(gitDir));
        yield { name: `${prefix}/HEAD`, content: await this.#mustRead(gitDir, "HEAD") };
        yield { name: `${prefix}/packed-refs`, content: Buffer.from(formatPackedReferences(references)) };
        const done = new Set<string>();
        for (let attempt = 1; ; attempt += 1) {
            const files = (await listObjectFiles(gitDir)).filter((file) => !done.has(file));
            let vanished = false;
            for (let index = 0; index < files.length; index += readAtOnce) {
                const chunk = files.slice(index, index + readAtOnce);
                const read = await Promise.all(chunk.map((file) => this.#read(gitDir, file)));
                for (const [at, found] of read.entries()) {
                    const file = chunk[at] as string;
                    const copied = found && (await this.#take(path.join(gitDir, file), `${prefix}/${file}`, found));
                    if (copied === undefined) vanished = true;
                    else {
                        done.add(file);
                        yield copied;
                    }
                }
            }
            if (!vanished) break;
            if (attempt === attempts) throw new Error(`${gitDir} changes faster than it can be copied`);
            await this.#mustRead(gitDir, "HEAD"); // packed meanwhile, or removed
        }
        await this.#mustRead(gitDir, "HEAD");
    }

    async #mustRead(gitDir: string, name: string): Promise<Buffer> {
        return readFile(path.join(gitDir, name)).catch((error) => {
            throw isMissing(error) ? new RepositoryGone(gitDir) : error;
        });
    }

    async #read(gitDir: string, file: string): Promise<Found | undefined> {
        const handle = await unlessMissing(open(path.join(gitDir, file)));
        if (handle === undefined) return undefined;
        try {
            const { dev, ino, nlink, size } = await handle.stat();
            const identity = nlink > 1 ? `${dev}:${ino}:${file}` : undefined;
            const isNeeded = size <= largeBytes && !this.#copied.has(identity ?? "");
            return { identity, content: isNeeded ? await handle.readFile() : undefined };
        } finally {
            await handle.close();
        }
    }

    /** In the order of the copy, so that a second name comes after the first. */
    async #take(file: string, name: string, { identity, content }: Found): Promise<CopiedFile | undefined> {
        const first = identity && this.#copied.get(identity);
        if (first) return { name, link: first };
        const handle = content === undefined ? await unlessMissing(open(file)) : undefined;
        if (content === undefined && handle === undefined) return undefined;
        if (identity !== undefined) this.#copied.set(identity, name);
        if (content !== undefined) return { name, content };
        const { size } = await (handle as FileHandle).stat();
        return { name, size, stream: createReadStream("", { fd: handle }) };
    }
}

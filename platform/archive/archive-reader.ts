import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { isProblem } from "section-model";
import { extract, type Header } from "tar-stream";
import { damaged, headName, type Manifest, manifestName, parseHead, parseManifest } from "./manifest";
import { PartDigest, partOf } from "./part";

/** Takes the content of a backup. Nothing of it is known to be right before `readArchive` returns. */
export interface ArchiveTarget {
    /** A file; `content` has to be read to its end. */
    file(name: string, size: number, content: AsyncIterable<Buffer>): Promise<void>;
    /** A second name of a file that came before. */
    link(name: string, target: string): Promise<void>;
}

interface Entry extends AsyncIterable<Buffer> {
    header: Header;
    resume(): unknown;
}

const segment = /^(?!\.{1,2}$)[^/\0\\]{1,255}$/;
const longestNote = 64 * 1024 * 1024;

/** Refuses names of unknown kinds, and names outside the place that is restored into. */
function requireName(name: string): string {
    const isKnown = /^(database\/[a-z_0-9]+\.jsonl|repositories\/\d+\/.+|files\/.+|secret\.key)$/.test(name);
    if (!isKnown || !name.split("/").every((each) => segment.test(each)))
        throw damaged(`it has an entry ${JSON.stringify(name)}`);
    return name;
}

async function readNote(entry: Entry): Promise<string> {
    if (entry.header.size > longestNote) throw damaged(`${entry.header.name} is too long`);
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk);
    return Buffer.concat(chunks).toString("utf8");
}

/**
 * Reads a backup and compares all of it with its manifest, which it returns. Throws `backup-damaged` or `backup-newer`.
 */
export async function readArchive(source: Readable, target: ArchiveTarget): Promise<Manifest> {
    const digests = new Map<string, PartDigest>();
    const names = new Set<string>();
    let hasHead = false;
    let manifest: Manifest | undefined;

    async function readEntry(entry: Entry): Promise<void> {
        const { name: raw, type, size, linkname } = entry.header;
        if (!hasHead) {
            if (raw !== headName) throw damaged(`it does not begin with ${headName}`);
            parseHead(await readNote(entry));
            hasHead = true;
            return;
        }
        if (manifest !== undefined) throw damaged("something follows its manifest");
        if (raw === manifestName) {
            manifest = parseManifest(await readNote(entry));
            return;
        }
        const name = requireName(raw);
        if (names.has(name)) throw damaged(`it has ${name} twice`);
        names.add(name);
        const part = partOf(name);
        const digest = digests.get(part) ?? new PartDigest();
        digests.set(part, digest);
        if (type === "link") {
            if (!names.has(linkname) || linkname === name) throw damaged(`${name} is a link to nothing`);
            digest.begin(name, linkname);
            await target.link(name, linkname);
            entry.resume();
            return;
        }
        if (type !== "file") throw damaged(`${name} is no file`);
        digest.begin(name, size);
        await target.file(name, size, counted(entry, digest));
    }

    const tar = extract();
    const reading = pipeline(source, createGunzip(), tar as unknown as Writable);
    reading.catch(() => {}); // the loop below ends with the same
    try {
        for await (const entry of tar) await readEntry(entry as unknown as Entry);
        await reading;
    } catch (error) {
        tar.destroy();
        source.destroy();
        if (isProblem(error) || (error as NodeJS.ErrnoException).syscall !== undefined) throw error;
        throw damaged((error as Error).message.split("\n")[0] ?? "it cannot be read", error);
    }
    if (manifest === undefined) throw damaged("it has no manifest: it was broken off");
    compare(manifest, digests);
    return manifest;
}

async function* counted(entry: Entry, digest: PartDigest): AsyncGenerator<Buffer> {
    for await (const chunk of entry) {
        digest.add(chunk);
        yield chunk;
    }
}

function compare({ parts }: Manifest, digests: ReadonlyMap<string, PartDigest>): void {
    for (const name of digests.keys()) if (!Object.hasOwn(parts, name)) throw damaged(`${name} is not in its manifest`);
    for (const [name, expected] of Object.entries(parts)) {
        const found = digests.get(name)?.end();
        if (found === undefined) throw damaged(`${name} is missing`);
        if (found.sha256 !== expected.sha256) throw damaged(`${name} is not what was backed up`);
    }
}

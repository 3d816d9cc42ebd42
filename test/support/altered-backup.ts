import { PassThrough, Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import { readArchive } from "../../platform/archive/archive-reader";
import { ArchiveWriter } from "../../platform/archive/archive-writer";
import type { Manifest } from "../../platform/archive/manifest";

/** The entries of a backup: files, second names of files, and links that no platform writes. */
export type Content = Map<string, Buffer | { link: string } | { symlink: string }>;

/** A backup of the same rows with other files: `alter` changes them. Its checksums are right. */
export async function alterBackup(bytes: Buffer, alter: (content: Content) => void): Promise<Buffer> {
    const content: Content = new Map();
    const manifest: Manifest = await readArchive(Readable.from([bytes]), {
        file: async (name, _size, chunks) => {
            const all: Buffer[] = [];
            for await (const chunk of chunks) all.push(chunk);
            content.set(name, Buffer.concat(all));
        },
        link: async (name, link) => void content.set(name, { link }),
    });
    alter(content);
    const sink = new PassThrough();
    const chunks: Buffer[] = [];
    sink.on("data", (chunk) => void chunks.push(chunk));
    const writer = new ArchiveWriter(sink, new Date(manifest.takenAt));
    await writer.begin(manifest);
    for (const [name, file] of content) {
        if (Buffer.isBuffer(file)) await writer.addFile(name, file);
        else await writer.addLink(name, "link" in file ? file.link : file.symlink);
    }
    await writer.finish(manifest);
    const symlinks = [...content].filter(([, file]) => "symlink" in file).map(([name]) => name);
    const altered = Buffer.concat(chunks);
    return symlinks.length === 0 ? altered : gzipSync(makeSymbolic(gunzipSync(altered), symlinks));
}

const blockBytes = 512;

/** Makes links of a tar symbolic: the kind of an entry is one letter of its header, which has a sum of its own. */
function makeSymbolic(tar: Buffer, names: readonly string[]): Buffer {
    for (let at = 0; at < tar.length; at += blockBytes) {
        const header = tar.subarray(at, at + blockBytes);
        const name = header.toString("latin1", 0, 100).replace(/\0.*$/s, "");
        if (!names.includes(name) || header[156] !== 0x31) continue;
        header.write("2", 156, "latin1");
        header.write(" ".repeat(8), 148, "latin1");
        const sum = header.reduce((total, byte) => total + byte, 0);
        header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
    }
    return tar;
}

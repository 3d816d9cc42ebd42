import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { crc32 } from "node:zlib";
import { settleAll } from "../settle-all";
import { formatEntry, joinEntries, packHeaderBytes } from "./format-pack";
import type { GitObject } from "./object-format";

const checksumBytes = 20;

/** Entries of packs written lately, by the id of the object, as new sites begin with the same files. */
const packed = new Map<string, Buffer>();
const remembered = 100;
const largestRemembered = 16_384;

async function entryOf(oid: string, object: GitObject): Promise<Buffer> {
    const known = packed.get(oid);
    const entry = known ?? (await formatEntry(object));
    if (entry.length > largestRemembered) return entry;
    packed.delete(oid);
    packed.set(oid, entry);
    const [oldest] = packed.keys();
    if (packed.size > remembered && oldest !== undefined) packed.delete(oldest);
    return entry;
}

const uint32s = (numbers: readonly number[]) => {
    const bytes = Buffer.alloc(4 * numbers.length);
    for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number, 4 * index);
    return bytes;
};

/** The index of a pack, of git's second version, for entries that begin below two gigabytes. */
function formatIndex(entries: ReadonlyMap<string, Buffer>, packChecksum: Buffer): Buffer {
    let offset = packHeaderBytes;
    const listed = [...entries].map(([oid, entry]) => {
        const at = offset;
        offset += entry.length;
        return { oid, at, crc: crc32(entry) };
    });
    listed.sort((one, other) => (one.oid < other.oid ? -1 : 1));
    const countUpTo = Array.from({ length: 256 }, () => 0);
    for (const [index, { oid }] of listed.entries()) countUpTo.fill(index + 1, Number.parseInt(oid.slice(0, 2), 16));
    const content = Buffer.concat([
        uint32s([0xff744f63, 2, ...countUpTo]),
        ...listed.map(({ oid }) => Buffer.from(oid, "hex")),
        uint32s(listed.map(({ crc }) => crc)),
        uint32s(listed.map(({ at }) => at)),
        packChecksum,
    ]);
    return Buffer.concat([content, createHash("sha1").update(content).digest()]);
}

/**
 * Writes the first objects of a repository that nobody sees yet, by id, as one pack; on the disk when this returns. Two
 * files take less time and room than a file and a folder for each object.
 */
export async function storePack(gitDir: string, objects: ReadonlyMap<string, GitObject>): Promise<void> {
    const entries = await Promise.all(
        [...objects].map(async ([oid, object]) => [oid, await entryOf(oid, object)] as const),
    );
    const pack = joinEntries(entries.map(([, entry]) => entry));
    const checksum = pack.subarray(-checksumBytes);
    const folder = path.join(gitDir, "objects", "pack");
    await mkdir(folder);
    const write = (ending: string, data: Buffer) =>
        writeFile(path.join(folder, `pack-${checksum.toString("hex")}.${ending}`), data, { mode: 0o444, flush: true });
    await settleAll([write("pack", pack), write("idx", formatIndex(new Map(entries), checksum))]);
}

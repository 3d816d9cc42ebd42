import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { deflateSync } from "node:zlib";
import { hashObject } from "../../platform/git/objects/object-format";

/** An entry of a pack, right or wrong. */
export interface PackEntry {
    /** The id under which the index has it. */
    oid: string;
    /** 1 to 4 are objects, 6 is a difference to an earlier entry, 7 one to an id. */
    kind: number;
    body: Buffer;
    /** The size in its header. Default: the length of its body. */
    declared?: number;
    /** Packed bytes to store in place of its body. */
    packed?: Buffer;
    /** Of kind 6: how far back its base begins. Default: the entry before it. */
    distance?: number;
    /** Of kind 7. */
    base?: string;
}

export const blob = (text: string): PackEntry => ({
    oid: hashObject("blob", Buffer.from(text)),
    kind: 3,
    body: Buffer.from(text),
});

function formatHeader(kind: number, size: number): Buffer {
    const bytes: number[] = [];
    let rest = Math.floor(size / 16);
    let byte = (kind << 4) | (size & 15);
    while (rest > 0) {
        bytes.push(byte | 128);
        byte = rest & 127;
        rest = Math.floor(rest / 128);
    }
    return Buffer.from([...bytes, byte]);
}

function formatDistance(distance: number): Buffer {
    const bytes = [distance & 127];
    for (let rest = distance >> 7; rest > 0; rest >>= 7) {
        rest -= 1;
        bytes.unshift((rest & 127) | 128);
    }
    return Buffer.from(bytes);
}

const number32 = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
};
const sha1 = (data: Buffer) => createHash("sha1").update(data).digest();

interface Packed {
    content: Buffer;
    places: { oid: string; at: number }[];
    sum: Buffer;
}

function packEntries(entries: readonly PackEntry[]): Packed {
    const parts = [Buffer.from("PACK\0\0\0\x02", "latin1"), number32(entries.length)];
    let at = 12;
    let before = at;
    const places: { oid: string; at: number }[] = [];
    for (const { oid, kind, body, declared = body.length, packed = deflateSync(body), distance, base } of entries) {
        const where = [
            ...(kind === 6 ? [formatDistance(distance ?? at - before)] : []),
            ...(kind === 7 ? [Buffer.from(base as string, "hex")] : []),
        ];
        const entry = Buffer.concat([formatHeader(kind, declared), ...where, packed]);
        places.push({ oid, at });
        before = at;
        at += entry.length;
        parts.push(entry);
    }
    const content = Buffer.concat(parts);
    return { content, places, sum: sha1(content) };
}

/** A pack as it is sent. */
export function formatPack(entries: readonly PackEntry[]): Buffer {
    const { content, sum } = packEntries(entries);
    return Buffer.concat([content, sum]);
}

/** Writes a pack and an index that names its entries as they say, and returns its path without an ending. */
export async function writePack(gitDir: string, entries: readonly PackEntry[]): Promise<string> {
    const { content, places, sum } = packEntries(entries);
    places.sort((one, other) => (one.oid < other.oid ? -1 : 1));
    const countBelow = (byte: number) =>
        places.filter(({ oid }) => Number.parseInt(oid.slice(0, 2), 16) <= byte).length;
    const index = Buffer.concat([
        Buffer.from("\xfftOc\0\0\0\x02", "latin1"),
        ...Array.from({ length: 256 }, (_, byte) => number32(countBelow(byte))),
        ...places.map(({ oid }) => Buffer.from(oid, "hex")),
        ...places.map(() => number32(0)),
        ...places.map((place) => number32(place.at)),
        sum,
    ]);
    const file = path.join(gitDir, "objects", "pack", `pack-${sum.toString("hex")}`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(`${file}.pack`, Buffer.concat([content, sum]));
    await writeFile(`${file}.idx`, Buffer.concat([index, sha1(index)]));
    return file;
}

/** Writes a file as a loose object. */
export async function writeLooseFile(gitDir: string, oid: string, content: Buffer): Promise<string> {
    const file = path.join(gitDir, "objects", oid.slice(0, 2), oid.slice(2));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    return file;
}

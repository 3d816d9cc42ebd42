import { createHash } from "node:crypto";
import { deflateObject } from "./deflate-object";
import type { GitObject, ObjectType } from "./object-format";

/** The numbers of types in a pack. */
const kinds: Readonly<Record<ObjectType, number>> = { commit: 1, tree: 2, blob: 3, tag: 4 };

/** The type and size before an object: four bits of the size, then seven in each further byte. */
function formatHeader(type: ObjectType, size: number): Buffer {
    const bytes: number[] = [];
    let byte = (kinds[type] << 4) | (size & 15);
    for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
        bytes.push(byte | 128);
        byte = rest & 127;
    }
    return Buffer.from([...bytes, byte]);
}

/** A whole object as an entry of a pack. */
export async function formatEntry({ type, data }: GitObject): Promise<Buffer> {
    return Buffer.concat([formatHeader(type, data.length), await deflateObject(data)]);
}

/** The entries as one pack. Its last twenty bytes are its checksum. */
export function joinEntries(entries: readonly Buffer[]): Buffer {
    const header = Buffer.alloc(packHeaderBytes);
    header.write("PACK");
    header.writeUInt32BE(2, 4);
    header.writeUInt32BE(entries.length, 8);
    const content = Buffer.concat([header, ...entries]);
    return Buffer.concat([content, createHash("sha1").update(content).digest()]);
}

/** The offset of the first entry. */
export const packHeaderBytes = 12;

/** A pack of whole objects, as a client of git sends it. */
export async function formatPack(objects: readonly GitObject[]): Promise<Buffer> {
    const entries: Buffer[] = [];
    for (const object of objects) entries.push(await formatEntry(object)); // one by one: each may be a slice of work
    return joinEntries(entries);
}

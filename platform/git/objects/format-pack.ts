import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import type { GitObject, ObjectType } from "./object-format";

const compress = promisify(deflate);

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

/** A pack of whole objects, as a client of git sends it. */
export async function formatPack(objects: readonly GitObject[]): Promise<Buffer> {
    const header = Buffer.alloc(12);
    header.write("PACK");
    header.writeUInt32BE(2, 4);
    header.writeUInt32BE(objects.length, 8);
    const entries = await Promise.all(
        objects.map(async ({ type, data }) => [formatHeader(type, data.length), await compress(data, { level: 1 })]),
    );
    const content = Buffer.concat([header, ...entries.flat()]);
    return Buffer.concat([content, createHash("sha1").update(content).digest()]);
}

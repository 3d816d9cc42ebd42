import type { FileHandle } from "node:fs/promises";
import { ObjectDamage } from "./object-damage";

const signature = 0xff744f63;
const headerBytes = 8;
const fanoutBytes = 1024;
const oidBytes = 20;
/** Read at once: the whole index of a pack of a hundred objects. */
const beginningBytes = 4096;

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(length), position });
    return buffer.subarray(0, bytesRead);
}

/** Reads the bytes that must be there by the index. */
async function mustReadAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
    const { size } = await file.stat();
    if (length < 0 || position + length > size) throw new ObjectDamage("the index of its pack ends too early");
    return readAt(file, position, length);
}

/** The place of an id among sorted ids, or -1. */
function search(ids: Buffer, wanted: Buffer): number {
    let low = 0;
    let high = ids.length / oidBytes - 1;
    while (low <= high) {
        const middle = (low + high) >> 1;
        const order = Buffer.compare(ids.subarray(middle * oidBytes, (middle + 1) * oidBytes), wanted);
        if (order === 0) return middle;
        if (order < 0) low = middle + 1;
        else high = middle - 1;
    }
    return -1;
}

/**
 * The offset of an object in a pack, by the pack's index, or undefined. Three small reads, however large the index is;
 * one of a small index.
 */
export async function findInIndex(index: FileHandle, oid: string): Promise<number | undefined> {
    const head = await readAt(index, 0, beginningBytes);
    const mustRead = async (position: number, length: number) =>
        length >= 0 && position + length <= head.length
            ? head.subarray(position, position + length)
            : mustReadAt(index, position, length);
    if (head.length < headerBytes + fanoutBytes || head.readUInt32BE(0) !== signature || head.readUInt32BE(4) !== 2)
        return undefined;
    const countBelow = (byte: number) => (byte < 0 ? 0 : head.readUInt32BE(headerBytes + 4 * byte));
    const wanted = Buffer.from(oid, "hex");
    const first = wanted[0] as number;
    const [from, to, total] = [countBelow(first - 1), countBelow(first), countBelow(255)];
    const ids = await mustRead(headerBytes + fanoutBytes + from * oidBytes, (to - from) * oidBytes);
    const found = search(ids, wanted);
    if (found === -1) return undefined;
    const offsetsAt = headerBytes + fanoutBytes + total * (oidBytes + 4);
    const offset = (await mustRead(offsetsAt + 4 * (from + found), 4)).readUInt32BE();
    if (offset < 2 ** 31) return offset;
    // beyond two gigabytes the offset stands in a table of its own
    return Number((await mustRead(offsetsAt + 4 * total + 8 * (offset - 2 ** 31), 8)).readBigUInt64BE());
}

/** Every id that an index has, sorted. */
export async function listIndexed(index: FileHandle): Promise<string[]> {
    const head = await readAt(index, 0, headerBytes + fanoutBytes);
    if (head.length < headerBytes + fanoutBytes || head.readUInt32BE(0) !== signature || head.readUInt32BE(4) !== 2)
        return [];
    const total = head.readUInt32BE(headerBytes + fanoutBytes - 4);
    const ids = await mustReadAt(index, headerBytes + fanoutBytes, total * oidBytes);
    return Array.from({ length: total }, (_, at) => ids.toString("hex", at * oidBytes, (at + 1) * oidBytes));
}

import { ObjectDamage } from "./object-damage";
import type { Pieces } from "./pieced-file";

const signature = 0xff744f63;
const headerBytes = 8;
const fanoutBytes = 1024;
const oidBytes = 20;

/** Reads the bytes that must be there by the index. */
async function mustReadAt(index: Pieces, position: number, length: number): Promise<Buffer> {
    const piece = length < 0 || position + length > index.size ? undefined : await index.readAt(position, length);
    if (piece?.length !== length) throw new ObjectDamage("the index of its pack ends too early");
    return piece;
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

/** How many of a pack's ids begin with a byte or a smaller one, by the beginning of its index. */
async function readFanout(index: Pieces): Promise<((byte: number) => number) | undefined> {
    const head = await index.readAt(0, headerBytes + fanoutBytes);
    if (head.length < headerBytes + fanoutBytes || head.readUInt32BE(0) !== signature || head.readUInt32BE(4) !== 2)
        return undefined;
    return (byte) => (byte < 0 ? 0 : head.readUInt32BE(headerBytes + 4 * byte));
}

/** The offset of an object in a pack, by its index, or undefined. Three small reads, however large the index is. */
export async function findInIndex(index: Pieces, oid: string): Promise<number | undefined> {
    const countUpTo = await readFanout(index);
    if (countUpTo === undefined) return undefined;
    const wanted = Buffer.from(oid, "hex");
    const first = wanted[0] as number;
    const [from, to, total] = [countUpTo(first - 1), countUpTo(first), countUpTo(255)];
    const ids = await mustReadAt(index, headerBytes + fanoutBytes + from * oidBytes, (to - from) * oidBytes);
    const found = search(ids, wanted);
    if (found === -1) return undefined;
    const offsetsAt = headerBytes + fanoutBytes + total * (oidBytes + 4);
    const offset = (await mustReadAt(index, offsetsAt + 4 * (from + found), 4)).readUInt32BE();
    if (offset < 2 ** 31) return offset;
    // beyond two gigabytes the offset stands in a table of its own
    return Number((await mustReadAt(index, offsetsAt + 4 * total + 8 * (offset - 2 ** 31), 8)).readBigUInt64BE());
}

/** Every id that an index has, sorted. */
export async function listIndexed(index: Pieces): Promise<string[]> {
    const countUpTo = await readFanout(index);
    if (countUpTo === undefined) return [];
    const total = countUpTo(255);
    const ids = await mustReadAt(index, headerBytes + fanoutBytes, total * oidBytes);
    return Array.from({ length: total }, (_, at) => ids.toString("hex", at * oidBytes, (at + 1) * oidBytes));
}

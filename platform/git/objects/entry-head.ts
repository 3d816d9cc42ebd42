import { ObjectDamage } from "./object-damage";
import type { ObjectType } from "./object-format";
import { readVarint } from "./pack-delta";

/** The kinds of entries that are whole objects. */
export const wholeKinds: Readonly<Record<number, ObjectType>> = { 1: "commit", 2: "tree", 3: "blob", 4: "tag" };
const offsetDelta = 6;
const idDelta = 7;

/** No head of an entry has more bytes. */
export const longestHead = 48;

/** What stands before the packed data of an entry of a pack. */
export interface EntryHead {
    kind: number;
    /** Of the packed data, unpacked. */
    size: number;
    /** Of the head itself. */
    length: number;
    /** Of a difference: how far before it its base begins, or the id of its base. */
    distance?: number;
    base?: string;
}

function readDistance(head: Buffer, at: number): [distance: number, end: number] {
    let byte = head[at] ?? 0;
    let distance = byte & 0x7f;
    let end = at + 1;
    while (byte >= 128 && end < head.length) {
        byte = head[end] as number;
        distance = (distance + 1) * 128 + (byte & 0x7f);
        end += 1;
    }
    if (byte >= 128) throw new ObjectDamage("the distance to its base has no end");
    return [distance, end];
}

/** Reads the head of an entry; `head` may go on behind it. */
export function parseEntryHead(head: Buffer): EntryHead {
    const first = head[0];
    if (first === undefined) throw new ObjectDamage("it lies behind the end of its pack");
    const kind = (first >> 4) & 7;
    const [rest, end] = first < 128 ? [0, 1] : readVarint(head, 1);
    const size = (first & 15) + rest * 16;
    if (kind === offsetDelta) {
        const [distance, length] = readDistance(head, end);
        return { kind, size, length, distance };
    }
    if (kind === idDelta) return { kind, size, length: end + 20, base: head.toString("hex", end, end + 20) };
    if (wholeKinds[kind] === undefined) throw new ObjectDamage(`it is of a kind that git does not know (${kind})`);
    return { kind, size, length: end };
}

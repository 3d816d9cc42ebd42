import { ObjectDamage } from "./object-damage";

/** Seven bits a byte: more bytes than these say a number that no size and no offset is. */
const longestVarint = 7;

/** Reads a number of git's little-endian, seven bits a byte form; returns it with the offset behind it. */
export function readVarint(data: Buffer, at: number): [value: number, end: number] {
    let value = 0;
    let factor = 1;
    for (let index = at; index < at + longestVarint; index += 1) {
        const byte = data[index];
        if (byte === undefined) throw new ObjectDamage("a number in it ends too early");
        value += (byte & 0x7f) * factor;
        factor *= 128;
        if (byte < 128) return [value, index + 1];
    }
    throw new ObjectDamage("a number in it has no end");
}

/** The size of a delta's result. */
export function resultSize(delta: Buffer): number {
    const [, afterBase] = readVarint(delta, 0);
    return readVarint(delta, afterBase)[0];
}

/** Bytes of an instruction that are there as its bits say, put together little-endian. */
function gather(delta: Buffer, at: number, bits: number, width: number): [value: number, end: number] {
    let value = 0;
    let end = at;
    for (let index = 0; index < width; index += 1) {
        if ((bits & (1 << index)) === 0) continue;
        const byte = delta[end];
        if (byte === undefined) throw new ObjectDamage("its delta ends within an instruction");
        value += byte * 256 ** index;
        end += 1;
    }
    return [value, end];
}

/**
 * Makes an object from its base and the stored difference. Throws `ObjectDamage` for a delta that was made for
 * another base, or that copies or inserts bytes that are not there.
 */
export function applyDelta(base: Buffer, delta: Buffer): Buffer {
    const [baseSize, afterBase] = readVarint(delta, 0);
    if (baseSize !== base.length)
        throw new ObjectDamage(`its delta is for a base of ${baseSize} bytes, and its base has ${base.length}`);
    const [size, begin] = readVarint(delta, afterBase);
    const result = Buffer.alloc(size);
    let filled = 0;
    const take = (source: Buffer, from: number, length: number) => {
        if (from + length > source.length || filled + length > size)
            throw new ObjectDamage("its delta takes more than there is, or than there is room for");
        source.copy(result, filled, from, from + length);
        filled += length;
    };
    for (let at = begin; at < delta.length; ) {
        const instruction = delta[at] as number;
        at += 1;
        if (instruction === 0) throw new ObjectDamage("its delta has an instruction that git does not know");
        if (instruction < 128) {
            take(delta, at, instruction);
            at += instruction;
            continue;
        }
        const [offset, afterOffset] = gather(delta, at, instruction, 4);
        const [length, afterLength] = gather(delta, afterOffset, instruction >> 4, 3);
        take(base, offset, length || 0x10000);
        at = afterLength;
    }
    if (filled !== size) throw new ObjectDamage(`its delta makes ${filled} bytes of the ${size} that it declares`);
    return result;
}

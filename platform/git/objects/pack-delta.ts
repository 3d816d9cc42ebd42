/** Reads a number of git's little-endian, seven bits a byte form; returns it with where it ends. */
export function readVarint(data: Buffer, at: number): [value: number, end: number] {
    let value = 0;
    let factor = 1;
    for (let index = at; ; index += 1) {
        const byte = data[index];
        if (byte === undefined) throw new RangeError("a number ends too early");
        value += (byte & 0x7f) * factor;
        factor *= 128;
        if (byte < 128) return [value, index + 1];
    }
}

/** The size of what a delta makes. */
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
        value += (delta[end] ?? 0) * 256 ** index;
        end += 1;
    }
    return [value, end];
}

/** Makes an object of the one it is stored as a difference to. */
export function applyDelta(base: Buffer, delta: Buffer): Buffer {
    const [, afterBase] = readVarint(delta, 0);
    const [size, begin] = readVarint(delta, afterBase);
    const result = Buffer.alloc(size);
    let filled = 0;
    for (let at = begin; at < delta.length; ) {
        const instruction = delta[at] as number;
        at += 1;
        if (instruction < 128) {
            delta.copy(result, filled, at, at + instruction);
            at += instruction;
            filled += instruction;
            continue;
        }
        const [offset, afterOffset] = gather(delta, at, instruction, 4);
        const [length, afterLength] = gather(delta, afterOffset, instruction >> 4, 3);
        const copied = length || 0x10000;
        base.copy(result, filled, offset, offset + copied);
        at = afterLength;
        filled += copied;
    }
    if (filled !== size) throw new RangeError("a delta does not fill its object");
    return result;
}

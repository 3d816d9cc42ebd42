import { promisify } from "node:util";
import { constants, inflate, inflateSync } from "node:zlib";
import { nextSlice } from "../../slices";
import { ObjectDamage } from "./object-damage";

const decompress = promisify(inflate);

/** Data of up to this size is inflated at once: to go to another thread and back takes ten times as long. */
const quickBytes = 128 * 1024;
/** A longer output would be a piece of a buffer of zlib's usual size, and would keep all of that in memory. */
const leastChunk = 64;

/** The most bytes that zlib packs `size` bytes into. */
export const mostPacked = (size: number) => size + (size >> 10) + 128;

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? "";

const cannotBeInflated = (cause: unknown) =>
    new ObjectDamage(`it cannot be inflated (${(cause as Error).message})`, { cause });

/**
 * Inflates data that should have `size` bytes, and never more than these. Undefined: the packed data goes on behind the
 * end of `packed`.
 */
export async function inflateExactly(packed: Buffer, size: number): Promise<Buffer | undefined> {
    const options = { maxOutputLength: Math.max(size, 1) };
    const isQuick = size <= quickBytes && packed.length <= mostPacked(quickBytes);
    if (isQuick) await nextSlice();
    try {
        const data = isQuick
            ? inflateSync(packed, { ...options, chunkSize: Math.max(size, leastChunk) })
            : await decompress(packed, options);
        if (data.length === size) return data;
    } catch (cause) {
        if (codeOf(cause) === "Z_BUF_ERROR") return undefined;
        if (codeOf(cause) !== "ERR_BUFFER_TOO_LARGE") throw cannotBeInflated(cause);
    }
    throw new ObjectDamage(`it does not have the ${size} bytes that its header declares`);
}

/**
 * This many packed bytes are enough to inflate the beginning: the tables of a compressed block take up to 562 bytes.
 */
export const beginningBytes = 1024;

/** The beginning of the inflated data, as far as a small piece of the packed data gives it. */
export async function inflateBeginning(packed: Buffer): Promise<Buffer> {
    const options = { finishFlush: constants.Z_SYNC_FLUSH };
    await nextSlice();
    try {
        return inflateSync(packed, { ...options, maxOutputLength: quickBytes });
    } catch (cause) {
        if (codeOf(cause) !== "ERR_BUFFER_TOO_LARGE") throw cannotBeInflated(cause);
    }
    return decompress(packed, options).catch((cause) => {
        throw cannotBeInflated(cause);
    });
}

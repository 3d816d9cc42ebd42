import { promisify } from "node:util";
import { constants, inflate, inflateSync } from "node:zlib";
import { ObjectDamage } from "./object-damage";

const decompress = promisify(inflate);

/** Up to here the way to another thread and back takes longer than inflating does, and keeps nobody waiting. */
const quickBytes = 128 * 1024;

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? "";

const cannotBeInflated = (cause: unknown) =>
    new ObjectDamage(`it cannot be inflated (${(cause as Error).message})`, { cause });

/**
 * Inflates data that should have `size` bytes, and never more than these. Undefined: the packed data goes on behind the
 * end of `packed`.
 */
export async function inflateExactly(packed: Buffer, size: number): Promise<Buffer | undefined> {
    const options = { maxOutputLength: Math.max(size, 1) };
    try {
        const data = size <= quickBytes ? inflateSync(packed, options) : await decompress(packed, options);
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

/** The beginning of the inflated data, as far as a piece of the packed data gives it. */
export async function inflateBeginning(packed: Buffer): Promise<Buffer> {
    const options = { finishFlush: constants.Z_SYNC_FLUSH };
    try {
        return inflateSync(packed, { ...options, maxOutputLength: quickBytes });
    } catch (cause) {
        if (codeOf(cause) !== "ERR_BUFFER_TOO_LARGE") throw cannotBeInflated(cause);
    }
    return decompress(packed, options).catch((cause) => {
        throw cannotBeInflated(cause);
    });
}

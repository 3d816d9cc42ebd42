import { open, readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { constants, inflate } from "node:zlib";
import { type GitObject, largestObject, type ObjectFacts, type ObjectType, refuseLarge } from "./object-format";

const decompress = promisify(inflate);
const longestHeader = 64;

function parseHeader(data: Buffer): ObjectFacts & { begin: number } {
    const nul = data.indexOf(0);
    const [type, size] = data.toString("latin1", 0, nul).split(" ");
    return { type: type as ObjectType, size: Number(size), begin: nul + 1 };
}

export async function readLoose(file: string): Promise<GitObject> {
    const packed = await readFile(file);
    if (packed.length > largestObject / 1032) refuseLarge((await looseFacts(file)).size); // deflate packs to no less
    const raw = await decompress(packed);
    const { type, begin } = parseHeader(raw);
    return { type, data: raw.subarray(begin) };
}

/** What the beginning of a loose object's file says of it. */
export async function looseFacts(file: string): Promise<ObjectFacts> {
    const handle = await open(file);
    try {
        const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(longestHeader), position: 0 });
        const { type, size } = parseHeader(
            await decompress(buffer.subarray(0, bytesRead), { finishFlush: constants.Z_SYNC_FLUSH }),
        );
        return { type, size };
    } finally {
        await handle.close();
    }
}

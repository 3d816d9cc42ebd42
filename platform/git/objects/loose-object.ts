import { type FileHandle, open } from "node:fs/promises";
import { beginningBytes, inflateBeginning, inflateExactly } from "./inflate-object";
import { ObjectDamage } from "./object-damage";
import { type GitObject, isObjectType, type ObjectFacts, refuseLarge } from "./object-format";

/** Read at once: most objects. */
const pieceBytes = 4096;

interface Header extends ObjectFacts {
    /** The offset at which the content begins. */
    begin: number;
    /** The whole file, if it is small. */
    file: Buffer | undefined;
}

/** Reads the header at the beginning of a file; only a piece of the file is inflated. */
async function readHeader(handle: FileHandle): Promise<Header> {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(pieceBytes), position: 0 });
    const data = await inflateBeginning(buffer.subarray(0, Math.min(bytesRead, beginningBytes)));
    const [header = "", type = "", size] = /^(\w+) (0|[1-9]\d{0,15})\0/.exec(data.toString("latin1", 0, 32)) ?? [];
    if (!isObjectType(type)) throw new ObjectDamage("its header is none of git's");
    const file = bytesRead < pieceBytes ? buffer.subarray(0, bytesRead) : undefined;
    return { type, size: Number(size), begin: header.length, file };
}

async function withFile<T>(file: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
    const handle = await open(file);
    try {
        return await work(handle);
    } finally {
        await handle.close();
    }
}

/** Throws `ObjectDamage` for a file that does not match its header. */
export async function readLoose(file: string): Promise<GitObject> {
    return withFile(file, async (handle) => {
        const { type, size, begin, file: whole } = await readHeader(handle);
        refuseLarge(size);
        const data = await inflateExactly(whole ?? (await handle.readFile()), begin + size);
        if (data === undefined) throw new ObjectDamage("its file ends too early");
        return { type, data: data.subarray(begin) };
    });
}

/** The facts of a loose object, from the beginning of its file. */
export async function looseFacts(file: string): Promise<ObjectFacts> {
    const { type, size } = await withFile(file, readHeader);
    return { type, size };
}

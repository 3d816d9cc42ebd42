import { open } from "node:fs/promises";
import { beginningBytes, inflateBeginning, inflateExactly } from "./inflate-object";
import { ObjectDamage } from "./object-damage";
import { type GitObject, type Glance, isObjectType, isSmall, refuseLarge } from "./object-format";

/** Read at once: most objects. */
const pieceBytes = 4096;

async function look(file: string, isWanted: (size: number) => boolean): Promise<Glance> {
    const handle = await open(file);
    try {
        const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(pieceBytes), position: 0 });
        const beginning = await inflateBeginning(buffer.subarray(0, Math.min(bytesRead, beginningBytes)));
        const [header = "", type = "", digits] =
            /^(\w+) (0|[1-9]\d{0,15})\0/.exec(beginning.toString("latin1", 0, 32)) ?? [];
        if (!isObjectType(type)) throw new ObjectDamage("its header is none of git's");
        const size = Number(digits);
        if (!isWanted(size)) return { type, size };
        refuseLarge(size);
        const packed = bytesRead < pieceBytes ? buffer.subarray(0, bytesRead) : await handle.readFile();
        const data = await inflateExactly(packed, header.length + size);
        if (data === undefined) throw new ObjectDamage("its file ends too early");
        return { type, data: data.subarray(header.length) };
    } finally {
        await handle.close();
    }
}

/** Reads the file of an object. Throws `ObjectDamage` for one that does not match its header. */
export async function readLoose(file: string): Promise<GitObject> {
    return (await look(file, () => true)) as GitObject;
}

/** Reads the file of an object if it is small, otherwise only its facts. */
export async function glanceLoose(file: string): Promise<Glance> {
    return look(file, isSmall);
}

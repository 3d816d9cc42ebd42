import { type FileHandle, open } from "node:fs/promises";
import { promisify } from "node:util";
import { constants, inflate } from "node:zlib";
import { type GitObject, largestObject, type ObjectFacts, type ObjectType, refuseLarge } from "./object-format";
import { applyDelta, readVarint, resultSize } from "./pack-delta";
import { findInIndex } from "./pack-index";

const decompress = promisify(inflate);

const types: Record<number, ObjectType> = { 1: "commit", 2: "tree", 3: "blob", 4: "tag" };
const offsetDelta = 6;
const idDelta = 7;
const longestHeader = 48;
const deltaHead = 40;

interface Entry {
    kind: number;
    /** Of what is stored, unpacked. */
    size: number;
    dataAt: number;
    /** Of a delta: where what it changes lies. */
    baseAt: number | undefined;
}

/** One pack with its index. */
class Pack {
    constructor(
        private readonly index: FileHandle,
        private readonly pack: FileHandle,
    ) {}

    find(oid: string): Promise<number | undefined> {
        return findInIndex(this.index, oid);
    }

    async read(at: number): Promise<GitObject> {
        const deltas: Buffer[] = [];
        let held = 0;
        for (let entry = await this.#entry(at); ; entry = await this.#entry(entry.baseAt as number)) {
            held += entry.size;
            refuseLarge(held);
            const data = await this.#inflate(entry);
            const type = types[entry.kind];
            if (type !== undefined)
                return { type, data: deltas.reduceRight((base, delta) => applyDelta(base, delta), data) };
            refuseLarge(resultSize(data));
            deltas.push(data);
        }
    }

    async facts(at: number): Promise<ObjectFacts> {
        const first = await this.#entry(at);
        const size = first.baseAt === undefined ? first.size : resultSize(await this.#inflate(first, deltaHead));
        let entry = first;
        while (entry.baseAt !== undefined) entry = await this.#entry(entry.baseAt);
        return { type: types[entry.kind] as ObjectType, size };
    }

    async #entry(at: number): Promise<Entry> {
        const { buffer, bytesRead } = await this.pack.read({ buffer: Buffer.alloc(longestHeader), position: at });
        const head = buffer.subarray(0, bytesRead);
        const first = head[0] ?? 0;
        const kind = (first >> 4) & 7;
        const [rest, end] = first < 128 ? [0, 1] : readVarint(head, 1);
        const size = (first & 15) + rest * 16;
        if (kind === offsetDelta) {
            const [distance, dataStart] = readDistance(head, end);
            return { kind, size, dataAt: at + dataStart, baseAt: at - distance };
        }
        if (kind === idDelta) {
            const baseAt = await this.find(head.toString("hex", end, end + 20));
            if (baseAt === undefined) throw new RangeError("the base of a delta is not in its pack");
            return { kind, size, dataAt: at + end + 20, baseAt };
        }
        return { kind, size, dataAt: at + end, baseAt: undefined };
    }

    /** What an entry holds; `most` gives its beginning only. */
    async #inflate({ size, dataAt }: Entry, most = size): Promise<Buffer> {
        const options = most < size ? { finishFlush: constants.Z_SYNC_FLUSH } : { maxOutputLength: Math.max(size, 1) };
        // how long it is packed stands nowhere; the first guess is enough for what zlib writes
        for (let length = Math.ceil(most * 1.01) + 64; ; length *= 4) {
            const { buffer, bytesRead } = await this.pack.read({ buffer: Buffer.alloc(length), position: dataAt });
            try {
                return await decompress(buffer.subarray(0, bytesRead), options);
            } catch (error) {
                if (bytesRead < length || length > 4 * largestObject) throw error;
            }
        }
    }
}

function readDistance(head: Buffer, at: number): [distance: number, end: number] {
    let byte = head[at] as number;
    let distance = byte & 0x7f;
    let end = at + 1;
    while (byte >= 128) {
        byte = head[end] as number;
        distance = (distance + 1) * 128 + (byte & 0x7f);
        end += 1;
    }
    return [distance, end];
}

/**
 * Lets `work` look into a pack that has the object; undefined when the pack does not have it. `file` is its path
 * without an ending.
 */
export async function inPack<T>(
    file: string,
    oid: string,
    work: (pack: Pack, at: number) => Promise<T>,
): Promise<T | undefined> {
    const index = await open(`${file}.idx`);
    try {
        const at = await findInIndex(index, oid);
        if (at === undefined) return undefined;
        const pack = await open(`${file}.pack`);
        try {
            return await work(new Pack(index, pack), at);
        } finally {
            await pack.close();
        }
    } finally {
        await index.close();
    }
}

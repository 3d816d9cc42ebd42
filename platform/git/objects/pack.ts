import { type FileHandle, open } from "node:fs/promises";
import { longestHead, parseEntryHead, wholeKinds } from "./entry-head";
import { packHeaderBytes } from "./format-pack";
import { beginningBytes, inflateBeginning, inflateExactly } from "./inflate-object";
import { ObjectDamage } from "./object-damage";
import { type GitObject, largestObject, type ObjectFacts, refuseLarge } from "./object-format";
import { applyDelta, resultSize } from "./pack-delta";
import { findInIndex } from "./pack-index";

/** Read at once: most entries with their data. */
const pieceBytes = 4096;

interface Entry {
    kind: number;
    /** Of the stored data, unpacked. */
    size: number;
    dataAt: number;
    /** Of a delta: the offset of its base. */
    baseAt: number | undefined;
}

/** One pack with its index. */
class Pack {
    /** What was read last. */
    #piece = { at: 0, data: Buffer.alloc(0), isLast: false };

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
        for await (const entry of this.#chain(at)) {
            held += entry.size;
            refuseLarge(held);
            const data = await this.#inflate(entry);
            const type = wholeKinds[entry.kind];
            if (type !== undefined)
                return { type, data: deltas.reduceRight((base, delta) => applyDelta(base, delta), data) };
            refuseLarge(resultSize(data));
            deltas.push(data);
        }
        throw new ObjectDamage("it has no base");
    }

    async facts(at: number): Promise<ObjectFacts> {
        let size: number | undefined;
        for await (const entry of this.#chain(at)) {
            size ??= entry.baseAt === undefined ? entry.size : resultSize(await this.#beginning(entry));
            const type = wholeKinds[entry.kind];
            if (type !== undefined) return { type, size };
        }
        throw new ObjectDamage("it has no base");
    }

    /** An entry and, while it is a delta, its base, down to an entry that is no delta. */
    async *#chain(at: number): AsyncGenerator<Entry> {
        const seen = new Set<number>();
        for (let next: number | undefined = at; next !== undefined; ) {
            if (seen.has(next)) throw new ObjectDamage("its deltas lead back to themselves");
            seen.add(next);
            const entry = await this.#entry(next);
            yield entry;
            next = entry.baseAt;
        }
    }

    async #entry(at: number): Promise<Entry> {
        const { kind, size, length, distance, base } = parseEntryHead(await this.#readAt(at, longestHead));
        const entry = { kind, size, dataAt: at + length };
        if (distance !== undefined) {
            const baseAt = at - distance;
            if (distance === 0 || baseAt < packHeaderBytes) throw new ObjectDamage("its base lies outside of its pack");
            return { ...entry, baseAt };
        }
        if (base === undefined) return { ...entry, baseAt: undefined };
        const baseAt = await this.find(base);
        if (baseAt === undefined) throw new ObjectDamage("its base is not in its pack");
        return { ...entry, baseAt };
    }

    /** The content of an entry. Its packed length is stored nowhere; the first guess is enough for zlib's output. */
    async #inflate({ size, dataAt }: Entry): Promise<Buffer> {
        for (let length = Math.ceil(size * 1.01) + 64; length <= 16 * largestObject; length *= 4) {
            const packed = await this.#readAt(dataAt, length);
            const data = await inflateExactly(packed, size);
            if (data !== undefined) return data;
            if (packed.length < length) break;
        }
        throw new ObjectDamage("its pack ends too early");
    }

    /** The beginning of an entry's content, with the two sizes of a delta. */
    async #beginning({ dataAt }: Entry): Promise<Buffer> {
        return inflateBeginning(await this.#readAt(dataAt, beginningBytes));
    }

    async #readAt(position: number, length: number): Promise<Buffer> {
        const { at, data, isLast } = this.#piece;
        const begin = position - at;
        if (begin >= 0 && begin <= data.length && (isLast || begin + length <= data.length))
            return data.subarray(begin, begin + length);
        const wanted = Math.max(length, pieceBytes);
        const { buffer, bytesRead } = await this.pack.read({ buffer: Buffer.alloc(wanted), position });
        this.#piece = { at: position, data: buffer.subarray(0, bytesRead), isLast: bytesRead < wanted };
        return this.#piece.data.subarray(0, length);
    }
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

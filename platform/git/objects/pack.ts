import type { Allowance } from "./allowance";
import { longestHead, parseEntryHead, wholeKinds } from "./entry-head";
import { packHeaderBytes } from "./format-pack";
import { beginningBytes, inflateBeginning, inflateExactly } from "./inflate-object";
import { ObjectDamage } from "./object-damage";
import { type GitObject, type Glance, isSmall, largestObject, refuseLarge } from "./object-format";
import { applyDelta, resultSize } from "./pack-delta";
import { findInIndex } from "./pack-index";
import { PiecedFile, type Pieces } from "./pieced-file";

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
    constructor(
        private readonly index: Pieces,
        private readonly pack: Pieces,
    ) {}

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

    /** The object if all that it takes is small, otherwise only its facts. */
    async glance(at: number): Promise<Glance> {
        let size: number | undefined;
        let isQuick = true;
        for await (const entry of this.#chain(at)) {
            size ??= entry.baseAt === undefined ? entry.size : resultSize(await this.#beginning(entry));
            isQuick &&= isSmall(entry.size);
            const type = wholeKinds[entry.kind];
            if (type !== undefined) return isQuick && isSmall(size) ? this.read(at) : { type, size };
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
        const { kind, size, length, distance, base } = parseEntryHead(await this.pack.readAt(at, longestHead));
        const entry = { kind, size, dataAt: at + length };
        if (distance !== undefined) {
            const baseAt = at - distance;
            if (distance === 0 || baseAt < packHeaderBytes) throw new ObjectDamage("its base lies outside of its pack");
            return { ...entry, baseAt };
        }
        if (base === undefined) return { ...entry, baseAt: undefined };
        const baseAt = await findInIndex(this.index, base);
        if (baseAt === undefined) throw new ObjectDamage("its base is not in its pack");
        return { ...entry, baseAt };
    }

    /** The content of an entry. Its packed length is stored nowhere; the first guess is enough for zlib's output. */
    async #inflate({ size, dataAt }: Entry): Promise<Buffer> {
        for (let length = Math.ceil(size * 1.01) + 64; length <= 16 * largestObject; length *= 4) {
            const packed = await this.pack.readAt(dataAt, length);
            const data = await inflateExactly(packed, size);
            if (data !== undefined) return data;
            if (packed.length < length) break;
        }
        throw new ObjectDamage("its pack ends too early");
    }

    /** The beginning of an entry's content, with the two sizes of a delta. */
    async #beginning({ dataAt }: Entry): Promise<Buffer> {
        return inflateBeginning(await this.pack.readAt(dataAt, beginningBytes));
    }
}

/** A pack on the disk. A small one stays in memory as long as this does. */
export class PackFile {
    readonly #index: PiecedFile;
    readonly #pack: PiecedFile;

    /**
     * @param file its path, without an ending
     * @param allowance for its content; default: nothing is kept
     */
    constructor(
        readonly file: string,
        allowance?: Allowance,
    ) {
        this.#index = new PiecedFile(`${file}.idx`, allowance);
        this.#pack = new PiecedFile(`${file}.pack`, allowance);
    }

    /** True once it is in memory. */
    get isKept(): boolean {
        return this.#index.isKept && this.#pack.isKept;
    }

    read(oid: string): Promise<GitObject | undefined> {
        return this.#find(oid, (pack, at) => pack.read(at));
    }

    glance(oid: string): Promise<Glance | undefined> {
        return this.#find(oid, (pack, at) => pack.glance(at));
    }

    /** Undefined when the pack does not have the object. */
    async #find<T>(oid: string, work: (pack: Pack, at: number) => Promise<T>): Promise<T | undefined> {
        return this.#index.use(async (index) => {
            const at = await findInIndex(index, oid);
            if (at === undefined) return undefined;
            return this.#pack.use((pack) => work(new Pack(index, pack), at));
        });
    }
}

import { open } from "node:fs/promises";
import { formatSize, Problem } from "section-model";
import { wholeKinds } from "../objects/entry-head";
import { packHeaderBytes } from "../objects/format-pack";
import { ObjectDamage } from "../objects/object-damage";
import type { ObjectType } from "../objects/object-format";
import { readVarint } from "../objects/pack-delta";
import { streamedBytes } from "../process/git-environment";
import type { PackLimits } from "./pack-limits";
import { PackWalk, type WalkedEntry } from "./pack-walk";

/** What is known of a pack before git takes it. */
export interface PackFacts {
    objects: number;
    /** Bytes that git would hold at once, if it held all of them that it does not pass on in pieces. */
    heldBytes: number;
    /** Of that, for the largest object. */
    largestBytes: number;
    /** Differences to objects outside of the pack that are too large for everything but a file. */
    ofFiles: string[];
}

const mostOfFiles = 1000;

function refuse(what: string, size: number, most: number): never {
    throw new Problem("push-refused", `${what} has ${formatSize(size)}, more than ${formatSize(most)}`, {
        remedy: "Rewrite the commits that have it, or push less at once",
    });
}

/** The kinds of entries, by where they begin; the offsets ascend. */
class Kinds {
    readonly #offsets: Float64Array;
    readonly #kinds: Uint8Array;
    #count = 0;

    constructor(most: number) {
        this.#offsets = new Float64Array(most);
        this.#kinds = new Uint8Array(most);
    }

    add(at: number, kind: number): void {
        this.#offsets[this.#count] = at;
        this.#kinds[this.#count] = kind;
        this.#count += 1;
    }

    find(at: number): number | undefined {
        let [low, high] = [0, this.#count - 1];
        while (low <= high) {
            const middle = (low + high) >> 1;
            const found = this.#offsets[middle] as number;
            if (found === at) return this.#kinds[middle];
            if (found < at) low = middle + 1;
            else high = middle - 1;
        }
        return undefined;
    }
}

/** An object whose type lies outside of the pack. */
const unknownKind = 0;

class Inspection {
    readonly facts: PackFacts = { objects: 0, heldBytes: 0, largestBytes: 0, ofFiles: [] };
    readonly #kinds: Kinds;
    #unpackedBytes = 0;

    constructor(
        private readonly limits: PackLimits,
        objects: number,
    ) {
        this.facts.objects = objects;
        this.#kinds = new Kinds(objects);
    }

    /** Looks at an entry before it is inflated. */
    admit(entry: WalkedEntry): void {
        const type = wholeKinds[entry.kind];
        this.#refuseLarge(type ?? "blob", entry.size, type === undefined ? "a difference" : `a ${type}`);
        this.#count(entry.size);
        if (type !== undefined) {
            this.#kinds.add(entry.at, entry.kind);
            this.#hold(type === "blob" && entry.size > streamedBytes ? 0 : entry.size);
        }
    }

    /** Looks at the beginning of a difference before the rest is inflated. */
    admitDelta({ at, size, distance, base }: WalkedEntry, beginning: Buffer): void {
        const [baseSize, afterBase] = readVarint(beginning, 0);
        const [result] = readVarint(beginning, afterBase);
        const kind = distance === undefined ? unknownKind : this.#kinds.find(at - distance);
        if (kind === undefined) throw new ObjectDamage("its base is not before it");
        const type: ObjectType = wholeKinds[kind] ?? (result > this.limits.bytes.tree ? "blob" : "tree");
        this.#refuseLarge(type, result, `a ${wholeKinds[kind] ?? "object"}`);
        if (kind === unknownKind && type === "blob" && this.facts.ofFiles.push(base as string) > mostOfFiles)
            throw new Problem("push-refused", `more than ${mostOfFiles} large files are differences to others`, {
                remedy: "Push fewer commits at once",
            });
        this.#kinds.add(at, kind);
        this.#count(result);
        this.#hold(size + baseSize + result);
    }

    #refuseLarge(type: ObjectType, size: number, what: string): void {
        if (size > this.limits.bytes[type]) refuse(`${what} in the push`, size, this.limits.bytes[type]);
    }

    #count(bytes: number): void {
        this.#unpackedBytes += bytes;
        if (this.#unpackedBytes > this.limits.unpackedBytes)
            refuse("what is pushed, unpacked,", this.#unpackedBytes, this.limits.unpackedBytes);
    }

    #hold(bytes: number): void {
        this.facts.heldBytes += bytes;
        this.facts.largestBytes = Math.max(this.facts.largestBytes, bytes);
    }
}

/**
 * Goes through a pack, in bounded memory. The sizes that it declares are compared with the limits before anything is
 * inflated, and what is inflated is compared with what was declared.
 *
 * @throws Problem `push-refused` for what is too large or damaged
 */
export async function inspectPack(file: string, limits: PackLimits): Promise<PackFacts> {
    const handle = await open(file);
    try {
        const walk = new PackWalk(handle);
        const objects = await walk.count();
        if (objects > limits.objects)
            throw new Problem("push-refused", `the push has ${objects} objects, more than ${limits.objects}`, {
                remedy: "Push fewer commits at once",
            });
        const inspection = new Inspection(limits, objects);
        let at = packHeaderBytes;
        for (let index = 0; index < objects; index += 1) {
            const entry = await walk.head(at);
            inspection.admit(entry);
            const isWhole = wholeKinds[entry.kind] !== undefined;
            at = await walk.pass(entry, (beginning) => {
                if (!isWhole) inspection.admitDelta(entry, beginning);
            });
        }
        return inspection.facts;
    } catch (error) {
        if (!(error instanceof ObjectDamage)) throw error;
        throw new Problem("push-refused", "the pack is damaged", {
            remedy: "Push again; check the local repository with git fsck",
            cause: error,
        });
    } finally {
        await handle.close();
    }
}

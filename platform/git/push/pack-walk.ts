import type { FileHandle } from "node:fs/promises";
import { createInflate, inflateSync } from "node:zlib";
import { nextSlice } from "../../slices";
import { type EntryHead, longestHead, parseEntryHead } from "../objects/entry-head";
import { packHeaderBytes } from "../objects/format-pack";
import { mostPacked } from "../objects/inflate-object";
import { ObjectDamage } from "../objects/object-damage";

const windowBytes = 256 * 1024;
/** Entries up to this size are inflated at once, which takes a moment; larger ones in pieces, by another thread. */
const smallBytes = 64 * 1024;
const zlibChunk = { least: 64, most: smallBytes };
/** The two sizes at the beginning of a difference take no more. */
const beginningBytes = 16;

export interface WalkedEntry extends EntryHead {
    /** Where it begins in the pack. */
    at: number;
}

/** Reads a file from its beginning to its end, in pieces. */
class Window {
    #data: Buffer = Buffer.alloc(0);
    #at = 0;

    constructor(private readonly file: FileHandle) {}

    /** `length` bytes from `at` on; fewer at the end of the file. */
    async peek(at: number, length: number): Promise<Buffer> {
        const begin = at - this.#at;
        if (begin >= 0 && begin + length <= this.#data.length) return this.#data.subarray(begin, begin + length);
        const buffer = Buffer.allocUnsafe(Math.max(length, windowBytes));
        const { bytesRead } = await this.file.read(buffer, 0, buffer.length, at);
        this.#data = buffer.subarray(0, bytesRead);
        this.#at = at;
        return this.#data.subarray(0, length);
    }
}

/** Goes through a pack from entry to entry. Nothing of it is kept, and nothing is inflated that `admit` refuses. */
export class PackWalk {
    readonly #window: Window;

    constructor(file: FileHandle) {
        this.#window = new Window(file);
    }

    /** The number of entries that the pack declares. */
    async count(): Promise<number> {
        const head = await this.#window.peek(0, packHeaderBytes);
        if (head.length < packHeaderBytes || head.toString("latin1", 0, 4) !== "PACK")
            throw new ObjectDamage("it is no pack");
        return head.readUInt32BE(8);
    }

    /** Reads the head of the entry at an offset. */
    async head(at: number): Promise<WalkedEntry> {
        return { ...parseEntryHead(await this.#window.peek(at, longestHead)), at };
    }

    /**
     * Inflates an entry and forgets it. Returns the offset behind it, and its first bytes, as far as it has them.
     *
     * @param admit is asked as soon as the first bytes are there
     */
    async pass({ at, length, size }: WalkedEntry, admit: (beginning: Buffer) => void): Promise<number> {
        const dataAt = at + length;
        const packed = size > smallBytes ? undefined : await this.#passAtOnce(dataAt, size, admit);
        return dataAt + (packed ?? (await this.#passInPieces(dataAt, size, admit)));
    }

    /** Returns the packed size; undefined when the packed data goes on for longer than it usually does. */
    async #passAtOnce(at: number, size: number, admit: (beginning: Buffer) => void): Promise<number | undefined> {
        const packed = await this.#window.peek(at, mostPacked(size));
        await nextSlice();
        const chunkSize = Math.min(Math.max(size, zlibChunk.least), zlibChunk.most);
        try {
            const result = inflateSync(packed, { info: true, maxOutputLength: Math.max(size, 1), chunkSize });
            const { buffer, engine } = result as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
            requireSize(buffer.length, size);
            admit(buffer.subarray(0, beginningBytes));
            return engine.bytesWritten;
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code === "Z_BUF_ERROR") return undefined;
            throw asDamage(error, size);
        }
    }

    async #passInPieces(at: number, size: number, admit: (beginning: Buffer) => void): Promise<number> {
        const inflate = createInflate({ chunkSize: smallBytes });
        let seen = 0;
        let beginning: Buffer | undefined = Buffer.alloc(0);
        const closed = new Promise<void>((resolve) => inflate.once("close", resolve));
        const feed = async () => {
            for (let from = at; !inflate.destroyed; ) {
                const piece = Buffer.from(await this.#window.peek(from, smallBytes)); // the window moves on meanwhile
                if (piece.length === 0) return void inflate.end();
                from += piece.length;
                // at the end of the entry zlib takes no more, and says nothing
                await Promise.race([new Promise((resolve) => inflate.write(piece, resolve)), closed]);
            }
        };
        const feeding = feed().catch((error) => void inflate.destroy(error));
        try {
            for await (const chunk of inflate as AsyncIterable<Buffer>) {
                seen += chunk.length;
                if (seen > size) requireSize(seen, size);
                if (beginning === undefined) continue;
                beginning = Buffer.concat([beginning, chunk.subarray(0, beginningBytes)]);
                if (beginning.length < Math.min(beginningBytes, size)) continue;
                admit(beginning);
                beginning = undefined;
            }
            requireSize(seen, size);
            return inflate.bytesWritten;
        } catch (error) {
            throw asDamage(error, size);
        } finally {
            inflate.destroy();
            await feeding;
        }
    }
}

function requireSize(found: number, size: number): void {
    if (found !== size) throw new ObjectDamage(`it does not have the ${size} bytes that its header declares`);
}

function asDamage(error: unknown, size: number): unknown {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE")
        return new ObjectDamage(`it does not have the ${size} bytes that its header declares`);
    return code.startsWith("Z_") ? new ObjectDamage("it cannot be inflated", { cause: error }) : error;
}

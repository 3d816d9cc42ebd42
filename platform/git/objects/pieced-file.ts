import { type FileHandle, open } from "node:fs/promises";
import { ObjectDamage } from "./object-damage";

/** A file of up to this size is read once, and kept. */
const keptBytes = 64 * 1024;
/** Read at once of a larger one. */
const pieceBytes = 4096;

/** The content of a file, to look at pieces of it. */
export interface Pieces {
    /** A piece, shorter where the file ends. */
    readAt(position: number, length: number): Promise<Buffer>;
    /** A piece that must be there. Throws `ObjectDamage`. */
    mustReadAt(position: number, length: number): Promise<Buffer>;
}

class KeptPieces implements Pieces {
    constructor(private readonly content: Buffer) {}

    async readAt(position: number, length: number): Promise<Buffer> {
        return this.content.subarray(position, position + length);
    }

    async mustReadAt(position: number, length: number): Promise<Buffer> {
        return requireWhole(await this.readAt(position, Math.max(length, 0)), length);
    }
}

class OpenPieces implements Pieces {
    /** What was read last. */
    #last = { at: 0, data: Buffer.alloc(0) };

    constructor(
        private readonly handle: FileHandle,
        private readonly size: number,
    ) {}

    async readAt(position: number, length: number): Promise<Buffer> {
        const { at, data } = this.#last;
        const begin = position - at;
        const end = Math.min(begin + length, this.size - at);
        if (begin >= 0 && end <= data.length) return data.subarray(begin, Math.max(begin, end));
        const wanted = Math.max(length, pieceBytes);
        const { buffer, bytesRead } = await this.handle.read({ buffer: Buffer.alloc(wanted), position });
        this.#last = { at: position, data: buffer.subarray(0, bytesRead) };
        return this.#last.data.subarray(0, length);
    }

    async mustReadAt(position: number, length: number): Promise<Buffer> {
        if (length < 0 || position + length > this.size) throw tooShort();
        return requireWhole(await this.readAt(position, length), length);
    }
}

const tooShort = () => new ObjectDamage("the index of its pack ends too early");

function requireWhole(piece: Buffer, length: number): Buffer {
    if (piece.length !== length) throw tooShort();
    return piece;
}

/** A file that never changes, a pack or an index of one. */
export class PiecedFile {
    #kept: KeptPieces | undefined;

    constructor(private readonly path: string) {}

    /** True once its content is in memory. */
    get isKept(): boolean {
        return this.#kept !== undefined;
    }

    /** Lets `work` look into the file, which is open meanwhile unless it is kept. */
    async use<T>(work: (pieces: Pieces) => Promise<T>): Promise<T> {
        if (this.#kept !== undefined) return work(this.#kept);
        const handle = await open(this.path);
        try {
            const { size } = await handle.stat();
            if (size > keptBytes) return await work(new OpenPieces(handle, size));
            const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(size), position: 0 });
            this.#kept = new KeptPieces(buffer.subarray(0, bytesRead));
        } finally {
            await handle.close();
        }
        return work(this.#kept);
    }
}

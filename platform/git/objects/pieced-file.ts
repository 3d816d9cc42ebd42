import { type FileHandle, open } from "node:fs/promises";
import type { Allowance } from "./allowance";

/** A file of up to this size is read once, and kept. */
const keptBytes = 64 * 1024;
/** Read at once of a larger one. */
const pieceBytes = 4096;

/** The content of a file, to look at pieces of it. */
export interface Pieces {
    readonly size: number;
    /** A piece, shorter where the file ends. */
    readAt(position: number, length: number): Promise<Buffer>;
}

class KeptPieces implements Pieces {
    readonly size: number;

    constructor(private readonly content: Buffer) {
        this.size = content.length;
    }

    async readAt(position: number, length: number): Promise<Buffer> {
        return this.content.subarray(position, position + length);
    }
}

class OpenPieces implements Pieces {
    /** What was read last. */
    #last = { at: 0, data: Buffer.alloc(0) };

    constructor(
        private readonly handle: FileHandle,
        readonly size: number,
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
}

/** A file that never changes, a pack or an index of one. */
export class PiecedFile {
    #kept: KeptPieces | undefined;

    /** @param allowance for its content, if it is small; default: nothing is kept */
    constructor(
        private readonly path: string,
        private readonly allowance?: Allowance,
    ) {}

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
            const kept = await this.#keep(handle, size);
            if (kept === undefined) return await work(new OpenPieces(handle, size));
        } finally {
            await handle.close();
        }
        return this.use(work);
    }

    async #keep(handle: FileHandle, size: number): Promise<KeptPieces | undefined> {
        if (size > keptBytes || this.allowance?.take(size) !== true) return undefined;
        const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(size), position: 0 });
        if (bytesRead === size) this.#kept = new KeptPieces(buffer); // a network volume may give less at once
        return this.#kept;
    }
}

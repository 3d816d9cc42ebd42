import { Problem } from "section-model";

const longestPayload = 65_516;

/** One pkt-line of git's protocol. */
export function formatPacket(payload: string | Buffer): Buffer {
    const data = typeof payload === "string" ? Buffer.from(payload, "utf8") : payload;
    return Buffer.concat([Buffer.from((data.length + 4).toString(16).padStart(4, "0"), "latin1"), data]);
}

export const flushPacket = Buffer.from("0000", "latin1");

/** Payload for a side band, in packets of legal size: 1 data, 2 text for a person, 3 a fatal end. */
export function formatSideBand(band: 1 | 2 | 3, payload: Buffer): Buffer {
    const packets: Buffer[] = [];
    for (let at = 0; at < payload.length; at += longestPayload - 1) {
        packets.push(formatPacket(Buffer.concat([Buffer.from([band]), payload.subarray(at, at + longestPayload - 1)])));
    }
    return Buffer.concat(packets);
}

/** Reads pkt-lines off a stream and then hands on the rest, without holding more than it was given. */
export class PacketReader {
    readonly #source: AsyncIterator<Buffer>;
    #buffer: Buffer = Buffer.alloc(0);

    constructor(source: AsyncIterable<Buffer>) {
        this.#source = source[Symbol.asyncIterator]();
    }

    /** The next payload; undefined at a flush packet or the end of the stream. */
    async next(): Promise<Buffer | undefined> {
        if (!(await this.#fill(4))) return undefined;
        const length = this.#buffer.toString("latin1", 0, 4);
        if (!/^[0-9a-fA-F]{4}$/.test(length))
            throw new Problem("invalid-input", "the request is not in git's packet format");
        const size = Number.parseInt(length, 16);
        if (size < 4) {
            this.#buffer = this.#buffer.subarray(4);
            return undefined;
        }
        if (!(await this.#fill(size))) throw new Problem("invalid-input", "the request ends in the middle of a packet");
        const payload = this.#buffer.subarray(4, size);
        this.#buffer = this.#buffer.subarray(size);
        return payload;
    }

    /** The first bytes of the rest, without taking them. */
    async peek(size: number): Promise<Buffer> {
        await this.#fill(size);
        return this.#buffer.subarray(0, size);
    }

    /** Everything that follows the packets. */
    async *rest(): AsyncGenerator<Buffer> {
        if (this.#buffer.length > 0) yield this.#buffer;
        this.#buffer = Buffer.alloc(0);
        for (let item = await this.#source.next(); !item.done; item = await this.#source.next()) yield item.value;
    }

    async #fill(size: number): Promise<boolean> {
        while (this.#buffer.length < size) {
            const item = await this.#source.next();
            if (item.done) return false;
            this.#buffer = Buffer.concat([this.#buffer, item.value]);
        }
        return true;
    }
}

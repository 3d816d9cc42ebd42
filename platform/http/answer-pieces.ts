import { Readable } from "node:stream";

const pieceBytes = 64 * 1024;

/**
 * A large answer as a stream of pieces: how fast its client takes it shows between them. Undefined for one that is
 * small, or a stream already.
 */
export function inPieces(payload: unknown): { bytes: number; stream: Readable } | undefined {
    if (typeof payload !== "string" && !Buffer.isBuffer(payload)) return undefined;
    const data = Buffer.isBuffer(payload) ? payload : Buffer.from(payload, "utf8");
    if (data.length <= pieceBytes) return undefined;
    return { bytes: data.length, stream: Readable.from(piecesOf(data), { objectMode: false }) };
}

function* piecesOf(data: Buffer): Generator<Buffer> {
    for (let at = 0; at < data.length; at += pieceBytes) yield data.subarray(at, at + pieceBytes);
}

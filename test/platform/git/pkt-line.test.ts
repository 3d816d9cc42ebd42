import assert from "node:assert/strict";
import fc from "fast-check";
import { flushPacket, formatPacket, formatSideBand, PacketReader } from "../../../platform/git/pkt-line";

async function* inPieces(data: Buffer, size: number) {
    for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
}

describe("pkt-lines", () => {
    it("are read back however the stream is cut, and the rest follows", () =>
        fc.assert(
            fc.asyncProperty(
                fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 5 }),
                fc.uint8Array({ maxLength: 30 }),
                fc.integer({ min: 1, max: 50 }),
                async (payloads, rest, size) => {
                    const stream = Buffer.concat([
                        ...payloads.map((payload) => formatPacket(Buffer.from(payload))),
                        flushPacket,
                        rest,
                    ]);
                    const reader = new PacketReader(inPieces(stream, size));
                    for (const payload of payloads) assert.ok((await reader.next())?.equals(Buffer.from(payload)));
                    assert.equal(await reader.next(), undefined);
                    const chunks: Buffer[] = [];
                    for await (const chunk of reader.rest()) chunks.push(chunk);
                    assert.ok(Buffer.concat(chunks).equals(Buffer.from(rest)));
                },
            ),
        ));

    it("that are cut off or no packets at all are refused", async () => {
        await assert.rejects(new PacketReader(inPieces(Buffer.from("0010abc"), 3)).next(), /ends in the middle/);
        await assert.rejects(
            new PacketReader(inPieces(Buffer.from("GET / HTTP"), 3)).next(),
            /not in git's packet format/,
        );
    });

    it("a side band is cut into packets of legal size", () => {
        const wrapped = formatSideBand(1, Buffer.alloc(200_000));
        assert.equal(wrapped.toString("latin1", 0, 5), "fff0\u0001");
    });
});

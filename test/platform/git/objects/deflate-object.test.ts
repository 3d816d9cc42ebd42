import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { inflateSync } from "node:zlib";
import { deflateObject } from "../../../../platform/git/objects/deflate-object";
import { inflateBeginning, inflateExactly } from "../../../../platform/git/objects/inflate-object";
import { refuseLag } from "../../../support/loop-lag";

/** The checksum at the end of what zlib packs. */
function adler32(data: Buffer): number {
    let [low, high] = [1, 0];
    for (const byte of data) {
        low = (low + byte) % 65_521;
        high = (high + low) % 65_521;
    }
    return high * 65_536 + low;
}

describe("deflating an object", () => {
    it("gives what zlib inflates, at once or in another thread, and what is read here", async () => {
        for (const size of [0, 1, 32 * 1024, 32 * 1024 + 1, 128 * 1024, 128 * 1024 + 1, 500_000]) {
            const data = Buffer.concat([randomBytes(size >> 1), Buffer.alloc(size - (size >> 1), "text ")]);
            const packed = await deflateObject(data);
            assert.ok(inflateSync(packed).equals(data), `${size} bytes`);
            assert.ok((await inflateExactly(packed, size))?.equals(data), `${size} bytes`);
            assert.ok((await inflateBeginning(packed)).equals(data), `${size} bytes`);
        }
    });

    it("keeps nobody waiting, however long the packed form of a small object is", async () => {
        const emptyBlocks = Buffer.alloc(5 * 12_000_000, Buffer.from([0, 0, 0, 0xff, 0xff]));
        const content = Buffer.from("ten bytes.");
        const last = Buffer.from([1, content.length, 0, 0xff - content.length, 0xff, ...content]);
        const checksum = Buffer.alloc(4);
        checksum.writeUInt32BE(adler32(content));
        const packed = Buffer.concat([Buffer.from([0x78, 0x01]), emptyBlocks, last, checksum]);
        await refuseLag("60 MB of empty blocks", 30, async () => {
            assert.deepEqual(await inflateExactly(packed, content.length), content);
        });
    });

    it("takes no more memory than the object", async () => {
        const packed = await deflateObject(randomBytes(300));
        assert.ok(((await inflateExactly(packed, 300))?.buffer.byteLength as number) <= Buffer.poolSize);
    });
});

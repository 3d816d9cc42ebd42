import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { inflateSync } from "node:zlib";
import { deflateObject } from "../../../../platform/git/objects/deflate-object";
import { inflateBeginning, inflateExactly } from "../../../../platform/git/objects/inflate-object";

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
});

import assert from "node:assert/strict";
import { blobIdOf } from "../../../../client/repository/blob-id";
import { blobOf, condenseFiles, contentOf, shownContent } from "../../../../provider/nouns/environment/binary-files";
import { environmentNoun } from "../../../../provider/nouns/environment/environment";
import { Memory } from "../../../../provider/run/memory";
import { unknownValue } from "../../../../provider/run/unknown";

describe("binary files", () => {
    const memory = new Memory();
    const data = Buffer.from([0x89, 0x50, 0, 0xff]);
    const digest = { bytes: 4, blob: blobIdOf(data) };

    it("are seen by size and id, and written from what was checked", () => {
        const declared = {
            "a.png": { base64: data.toString("base64") },
            "a.txt": "text",
            later: unknownValue,
            "later.png": { base64: unknownValue },
        };
        assert.deepEqual(condenseFiles(declared, memory), { ...declared, "a.png": digest });
        assert.deepEqual(contentOf("a.png", digest, memory), data);
        assert.throws(() => contentOf("a.png", digest, new Memory()), /by its size and id only/, "of one run");
        assert.equal(blobOf(digest), blobOf({ base64: data.toString("base64") }));
    });

    it("that are not known yet stay so, all together", () => {
        const unknown = { config: unknownValue };
        assert.deepEqual(environmentNoun.condense?.inputs(unknown, memory), unknown);
    });

    it("a text is a text however it was declared", () => {
        assert.deepEqual(condenseFiles({ a: { base64: Buffer.from("ä\r\n").toString("base64") } }, memory), {
            a: "ä\r\n",
        });
        assert.equal(shownContent(Buffer.from("\ufeffx")), "\ufeffx");
        assert.equal(typeof shownContent(Buffer.from("a\0b")), "object");
    });

    it("one whose bytes nobody declared is refused by name", () => {
        assert.throws(
            () => contentOf("b.png", { bytes: 1, blob: "0".repeat(40) }, memory),
            /b\.png is declared by its size and id only.*Declare its content/s,
        );
    });
});

import assert from "node:assert/strict";
import { environmentSchema, fileContentSchema, fileLimits, isText, refuseBinaryTotal } from "section-model";

describe("the content of a file", () => {
    it("is a text, base64, or a size with an id", () => {
        for (const content of ["", "text", { base64: "AA==" }, { bytes: 1, blob: "0".repeat(40) }])
            assert.deepEqual(fileContentSchema.parse(content), content);
        for (const content of [1, null, {}, { base64: "A" }, { base64: "AA==", more: 1 }, { bytes: -1, blob: "x" }]) {
            assert.equal(fileContentSchema.safeParse(content).success, false, JSON.stringify(content));
        }
        const reason = (content: unknown) => fileContentSchema.safeParse(content).error?.issues[0]?.message;
        assert.equal(reason(7), "must be the text of the file, or { base64 } where it is none");
        const large = { base64: Buffer.alloc(fileLimits.binaryBytes + 1).toString("base64") };
        assert.match(String(reason(large)), /has 1048577 bytes, a binary file may have 1048576/);
    });

    it("is text when it is UTF-8 without NUL", () => {
        assert.deepEqual([Buffer.from("ä"), Buffer.from([0xff]), Buffer.from("a\0")].map(isText), [true, false, false]);
    });

    it("all binary files together have a limit, which names the largest", () => {
        const of = (bytes: number) => ({ base64: Buffer.alloc(bytes).toString("base64") });
        assert.equal(refuseBinaryTotal({ a: of(10), b: "x".repeat(fileLimits.allBinaryBytes + 1) }), undefined);
        const files = {
            small: of(1),
            ...Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, of(fileLimits.binaryBytes)])),
        };
        assert.match(
            String(refuseBinaryTotal(files)),
            /has 4194305 bytes of binary files, .* the largest is a with 1048576/,
        );
    });

    it("a commit is named by 7 digits or more", () => {
        const reason = (promote: string) =>
            environmentSchema.shape.promote.safeParse(promote).error?.issues[0]?.message;
        assert.match(String(reason("abc")), /id of a commit, such as staging\.head: 7 to 40 hexadecimal digits/);
        assert.equal(environmentSchema.shape.promote.parse("A".repeat(40)), "a".repeat(40));
    });
});

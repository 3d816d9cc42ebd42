import assert from "node:assert/strict";
import { readDeclaredFiles } from "../../../../provider/nouns/environment/declared-files";
import { unknownValue } from "../../../../provider/run/unknown";

describe("the declared files of an environment", () => {
    it("are known in part while a content is not known yet", () => {
        const picture = { base64: Buffer.from([0, 255]).toString("base64") };
        const digest = { bytes: 2, blob: "a".repeat(40) };
        const { known, texts, paths, hasUnnamed } = readDeclaredFiles({
            a: "text",
            b: unknownValue,
            c: picture,
            d: { base64: Buffer.from("ü").toString("base64") },
            e: digest,
        });
        assert.deepEqual(Object.keys(known), ["a", "c", "d", "e"]);
        assert.deepEqual(
            [...texts],
            [
                ["a", "text"],
                ["d", "ü"],
            ],
        );
        assert.deepEqual([paths, hasUnnamed], [["a", "b", "c", "d", "e"], false]);
    });

    it("have no names while the whole of them is not known", () => {
        assert.equal(readDeclaredFiles(unknownValue).hasUnnamed, true);
        assert.deepEqual(readDeclaredFiles(undefined), { known: {}, texts: new Map(), paths: [], hasUnnamed: false });
    });
});

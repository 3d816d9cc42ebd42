import assert from "node:assert/strict";
import { PartDigest, partOf } from "../../../platform/archive/part";

describe("the parts of a backup", () => {
    it("are tables, repositories, the other files together, and the key", () => {
        const names = [
            "database/users.jsonl",
            "repositories/7/objects/aa/bb",
            "repositories/71/HEAD",
            "files/a/b",
            "secret.key",
        ];
        assert.deepEqual(names.map(partOf), [
            "database/users.jsonl",
            "repositories/7",
            "repositories/71",
            "files",
            "secret.key",
        ]);
    });

    it("add up to another sum when a name, a size, a link or a byte is another one", () => {
        const sum = (name: string, content: number | string, text: string) => {
            const digest = new PartDigest();
            digest.begin(name, content);
            digest.add(Buffer.from(text));
            return digest.end().sha256;
        };
        const sums = [sum("a", 1, "x"), sum("b", 1, "x"), sum("a", 2, "x"), sum("a", "b", "x"), sum("a", 1, "y")];
        assert.equal(new Set(sums).size, sums.length);
        assert.equal(sum("a", 1, "x"), sums[0]);
    });
});

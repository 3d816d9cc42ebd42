import assert from "node:assert/strict";
import { branchCommitSchema } from "../../model/branch-commit";

const right = {
    expected: "a".repeat(40),
    message: " one \n",
    files: { "a/b.txt": "x", c: { base64: "AA==" }, d: null },
};

describe("a commit on top of a branch", () => {
    it("has a message without blanks around it, and files by their paths", () => {
        assert.deepEqual(branchCommitSchema.parse(right), { ...right, message: "one" });
    });

    it("has no half characters, no people without a name, and not too many files", () => {
        const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`f${index}`, null]));
        const wrong = [
            { files: { "\ud800": "x" } },
            { files: { a: "\udfff" } },
            { files: many },
            { message: "\0" },
            { message: "\ud800" },
            { author: { name: " ", email: "x" } },
            { author: { name: "a\nb", email: "x" } },
            { author: { name: "a", email: "<x>" } },
            { content_of: "HEAD" },
        ];
        for (const each of wrong)
            assert.equal(
                branchCommitSchema.safeParse({ ...right, ...each }).success,
                false,
                JSON.stringify(each).slice(0, 99),
            );
    });
});

import assert from "node:assert/strict";
import { diffFiles, editOf } from "../../../provider/run/file-diff";

describe("what differs between two texts", () => {
    it("is shown with line numbers; nothing where they are equal", () => {
        assert.equal(diffFiles("a\nb\n", "a\nc\n").text, "@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
        assert.equal(diffFiles(undefined, "a\n").text, "@@ -0,0 +1,1 @@\n+a\n");
        assert.equal(diffFiles("a\n", undefined).text, "@@ -1,1 +0,0 @@\n-a\n");
        assert.deepEqual(diffFiles("a", "a"), { text: "", edit: "" });
    });

    it("is the same edit where only lines that stay are others, and another one at another place", () => {
        const { edit } = diffFiles("site a\nold\n", "site a\nnew\n");
        assert.equal(diffFiles("site b\nold\n", "site b\nnew\n").edit, edit);
        for (const [from, to] of [
            ["x\nsite a\nold\n", "x\nsite a\nnew\n"],
            ["site a\nold\n", "site a\nnew"],
            ["site a\nold\n", "site a\nnewer\n"],
        ] as const)
            assert.notEqual(diffFiles(from, to).edit, edit);
    });

    it("is the same edit when it is read from the text that shows it", () => {
        const { text, edit } = diffFiles("a\nb\n\nc\n@@ d\n", "a\nB\n\nc\n+e");
        assert.equal(editOf(text), edit);
        assert.match(edit, /^2 -b\n2 \+B\n5 -@@ d\n5 \+\+e\n\\ No newline at end of file$/);
    });
});

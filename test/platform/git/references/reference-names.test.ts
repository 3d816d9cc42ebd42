import assert from "node:assert/strict";
import { ReferenceNames } from "../../../../platform/git/references/reference-names";

describe("names of references", () => {
    it("know which others they exclude, until these are gone", () => {
        const names = new ReferenceNames(["refs/heads/a/b/c", "refs/heads/x"]);
        assert.equal(names.findRival("refs/heads/a"), "refs/heads/a/b/c");
        assert.equal(names.findRival("refs/heads/a/b"), "refs/heads/a/b/c");
        assert.equal(names.findRival("refs/heads/x/y"), "refs/heads/x");
        for (const free of ["refs/heads/a/d", "refs/heads/xy", "refs/tags/x/y"])
            assert.equal(names.findRival(free), undefined, free);
        names.delete("refs/heads/a/b/c");
        assert.deepEqual([names.findRival("refs/heads/a"), names.size], [undefined, 1]);
        names.add("refs/heads/a");
        assert.equal(names.findRival("refs/heads/a/b"), "refs/heads/a");
    });
});

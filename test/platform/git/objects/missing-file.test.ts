import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { isMissing, unlessMissing } from "../../../../platform/git/objects/missing-file";

describe("a file that may be missing", () => {
    it("is nothing when it is, and fails for every other reason", async () => {
        assert.equal(await unlessMissing(readFile("/nonexistent/file")), undefined);
        assert.deepEqual(await unlessMissing(Promise.resolve("there")), "there");
        await assert.rejects(unlessMissing(readdir("package.json")), (error) => !isMissing(error));
    });
});

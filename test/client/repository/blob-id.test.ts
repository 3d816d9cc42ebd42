import assert from "node:assert/strict";
import { blobIdOf } from "../../../client/repository/blob-id";

describe("a blob id", () => {
    it("is git's own", () => {
        assert.equal(blobIdOf(""), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
        assert.equal(blobIdOf("hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
    });
});

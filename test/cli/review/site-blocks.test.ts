import assert from "node:assert/strict";
import { splitLines } from "../../../cli/review/site-blocks";

// test/cli/review/report.test.ts and review.test.ts have whole reviews
describe("the lines of a message", () => {
    it("are those that say something", () => {
        assert.deepEqual(splitLines("  one\n\n two \n"), ["one", "two"]);
    });
});

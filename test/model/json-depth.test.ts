import assert from "node:assert/strict";
import { deepestJson, isDeeperThan } from "section-model";

describe("the depth of JSON", () => {
    it("counts what nests in what", () => {
        assert.equal(isDeeperThan(1, 0), false);
        assert.equal(isDeeperThan([], 0), false);
        assert.equal(isDeeperThan([1], 0), true);
        assert.equal(isDeeperThan({ a: [{ b: null }] }, 3), false);
        assert.equal(isDeeperThan({ a: [{ b: null }] }, 2), true);
    });

    it("ends well on what would overflow a stack", () => {
        const nested = (levels: number) => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);
        assert.equal(isDeeperThan(nested(deepestJson)), false);
        assert.equal(isDeeperThan(nested(100_000)), true);
    });
});

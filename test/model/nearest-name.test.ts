import assert from "node:assert/strict";
import { nearestName } from "../../model/nearest-name";

describe("the nearest name", () => {
    it("is the one with the fewest letters changed", () => {
        const known = ["PORT", "HOST", "MAX_REQUESTS", "MAX_BODY_BYTES"];
        assert.equal(nearestName("PROT", known), "PORT");
        assert.equal(nearestName("MAX_REQUEST", known), "MAX_REQUESTS");
        assert.equal(nearestName("MAXBODYBYTES", known), "MAX_BODY_BYTES");
        assert.equal(nearestName("HOST", known), "HOST");
        assert.equal(nearestName("X", []), undefined);
    });
});

import assert from "node:assert/strict";
import { nearestName, nearestNames } from "../../model/nearest-name";

describe("the nearest name", () => {
    it("is the one with the fewest letters changed", () => {
        const known = ["PORT", "HOST", "MAX_REQUESTS", "MAX_BODY_BYTES"];
        assert.equal(nearestName("PROT", known), "PORT");
        assert.equal(nearestName("MAX_REQUEST", known), "MAX_REQUESTS");
        assert.equal(nearestName("MAXBODYBYTES", known), "MAX_BODY_BYTES");
        assert.equal(nearestName("HOST", known), "HOST");
        assert.equal(nearestName("X", []), undefined);
    });

    it("has others behind it, whatever their capitals", () => {
        assert.deepEqual(nearestNames("acne", ["Zebra", "Acme", "ACRE", "Bakery", "acne"]), ["acne", "Acme", "ACRE"]);
        assert.deepEqual(nearestNames("acne", ["Zebra", "Acme"], 1), ["Acme"]);
    });
});

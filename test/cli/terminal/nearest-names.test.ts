import assert from "node:assert/strict";
import { nearestNames } from "../../../cli/terminal/nearest-names";

describe("the nearest names", () => {
    it("are those with the fewest letters changed, whatever their capitals", () => {
        assert.deepEqual(nearestNames("acne", ["Zebra", "Acme", "ACRE", "Bakery", "acne"]), ["acne", "Acme", "ACRE"]);
        assert.deepEqual(nearestNames("acne", ["Zebra", "Acme"], 1), ["Acme"]);
    });
});

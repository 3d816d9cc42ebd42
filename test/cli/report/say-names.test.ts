import assert from "node:assert/strict";
import { sayNames } from "../../../cli/report/say-names";

describe("names in a sentence", () => {
    it("are all there, or the first ones and the number of the others", () => {
        assert.equal(sayNames(["Acme", "Zoo"], 2), "Acme, Zoo");
        assert.equal(sayNames(["Acme", "Bakery", "Zoo"], 2), "Acme, Bakery and 1 more");
    });
});

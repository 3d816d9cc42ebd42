import assert from "node:assert/strict";
import { placeAt } from "../../../model/content/text-place";

describe("a place in a text", () => {
    it("counts lines and columns from 1", () => {
        const text = "ab\n\ncd";
        const places = [...text, ""]
            .map((_, offset) => placeAt(text, offset))
            .map(({ line, column }) => `${line}:${column}`);
        assert.deepEqual(places, ["1:1", "1:2", "1:3", "2:1", "3:1", "3:2", "3:3"]);
    });
});

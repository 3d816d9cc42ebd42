import assert from "node:assert/strict";
import { durationOf } from "../../model/duration";

describe("a time in words", () => {
    it("is in the largest unit of which there are two", () => {
        assert.deepEqual([1, 2, 119, 120, 3000, 7199, 7200, 86_400].map(durationOf), [
            "1 second",
            "2 seconds",
            "119 seconds",
            "2 minutes",
            "50 minutes",
            "120 minutes",
            "2 hours",
            "24 hours",
        ]);
    });
});

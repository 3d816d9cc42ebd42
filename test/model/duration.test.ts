import assert from "node:assert/strict";
import { durationOf } from "../../model/duration";

describe("a time in words", () => {
    it("is in the largest unit of which there are two, and rounded up", () => {
        assert.deepEqual([1, 2, 119, 120, 149, 3000, 7199, 7200, 8990, 86_400].map(durationOf), [
            "1 second",
            "2 seconds",
            "119 seconds",
            "2 minutes",
            "3 minutes",
            "50 minutes",
            "120 minutes",
            "2 hours",
            "3 hours",
            "24 hours",
        ]);
    });
});

import assert from "node:assert/strict";
import { sayCount } from "../../../cli/report/say-count";

describe("a number of things", () => {
    it("is one of them or several", () => {
        assert.deepEqual(
            [
                sayCount(0, "site"),
                sayCount(1, "site"),
                sayCount(1234, "site"),
                sayCount(1, "person", "people"),
                sayCount(2, "person", "people"),
            ],
            ["0 sites", "1 site", "1,234 sites", "1 person", "2 people"],
        );
    });
});

import assert from "node:assert/strict";
import { sayDeeds } from "../../../cli/review/say-deeds";

describe("what is done, in words", () => {
    it("has the gravest first, and nothing for nothing", () => {
        assert.equal(
            sayDeeds({ create: 3, update: 9, delete: 2, replace: 1 }),
            "2 to delete, 1 to replace, 9 to update, 3 to create",
        );
        assert.equal(sayDeeds({}), "");
    });
});

import assert from "node:assert/strict";
import { yieldAfter } from "../../../model/content/turn";

describe("turns between pieces of work", () => {
    it("are for others behind what is not small", async () => {
        let turns = 0;
        setImmediate(() => {
            turns += 1;
        });
        await yieldAfter("short");
        assert.equal(turns, 0);
        await yieldAfter("x".repeat(100_000));
        assert.equal(turns, 1);
    });
});

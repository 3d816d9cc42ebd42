import assert from "node:assert/strict";
import { findRestore, noteStanding } from "../../../provider/protection/standing-declarations";
import { Memory } from "../../../provider/run/memory";

describe("declarations without a change", () => {
    it("are found by each thing that they declare, in their own run only", () => {
        const memory = new Memory();
        const restore = async () => {};
        noteStanding(memory, ["membership 1335/jane@agency.example", "membership 1335/ada@agency.example"], restore);
        assert.equal(findRestore(memory, "membership 1335/ada@agency.example"), restore);
        assert.equal(findRestore(memory, "membership 1336/ada@agency.example"), undefined);
        assert.equal(findRestore(new Memory(), "membership 1335/ada@agency.example"), undefined);
    });
});

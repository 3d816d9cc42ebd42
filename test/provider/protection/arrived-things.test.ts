import assert from "node:assert/strict";
import { hasArrived, noteArrival } from "../../../provider/protection/arrived-things";
import { Memory } from "../../../provider/run/memory";

describe("what has arrived", () => {
    it("is that of one run", () => {
        const [one, other] = [new Memory(), new Memory()];
        noteArrival(one, "organization 1");
        assert.deepEqual(
            [hasArrived(one, "organization 1"), hasArrived(one, "organization 2"), hasArrived(other, "organization 1")],
            [true, false, false],
        );
    });
});

import assert from "node:assert/strict";
import { isInMade, noteMade } from "../../../provider/protection/made-things";
import { Memory } from "../../../provider/run/memory";

describe("what this operation has made", () => {
    it("has everything in it, and not itself, nor what is beside it", () => {
        const memory = new Memory();
        noteMade(memory, "organization", "1");
        noteMade(memory, "application", "2/7");
        noteMade(memory, "environment", "3/8/Staging");
        const isIn = (id: string) => isInMade(memory, id);
        assert.deepEqual(["1/5", "1/ada@agency.example", "1/5/Staging/a.example"].map(isIn), [true, true, true]);
        assert.deepEqual(["2/7/Staging", "2/7/Production/a.example"].map(isIn), [true, true]);
        assert.deepEqual(["1", "11/5", "2/7", "2/77/Staging", "3/8/Staging/a.example"].map(isIn), [
            false,
            false,
            false,
            false,
            false,
        ]);
        assert.ok(!isInMade(new Memory(), "1/5"), "another run remembers nothing of it");
    });
});

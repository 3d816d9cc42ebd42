import assert from "node:assert/strict";
import { findMaking, noteMade } from "../../../provider/protection/made-things";
import { Memory } from "../../../provider/run/memory";

describe("what this operation has made", () => {
    it("has everything in it, and not itself, nor what is beside it", () => {
        const memory = new Memory();
        noteMade(memory, "1");
        noteMade(memory, "2/7");
        noteMade(memory, "3", "filled");
        const find = (id: string) => findMaking(memory, id);
        for (const id of [
            "1/5",
            "1/ada@agency.example",
            "1/5/Staging/a.example",
            "2/7/Staging",
            "2/7/Production/a.example",
        ])
            assert.equal(find(id), "empty", id);
        assert.equal(find("3/8"), "filled");
        for (const id of ["1", "11/5", "2/7", "2/77/Staging", "4/8/Staging/a.example"])
            assert.equal(find(id), undefined, id);
        assert.equal(findMaking(new Memory(), "1/5"), undefined, "another run remembers nothing of it");
    });

    it("is what the nearest larger thing says", () => {
        const memory = new Memory();
        noteMade(memory, "3", "filled");
        noteMade(memory, "3/9");
        assert.equal(findMaking(memory, "3/9/Staging"), "empty");
    });
});

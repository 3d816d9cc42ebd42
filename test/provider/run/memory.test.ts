import assert from "node:assert/strict";
import { Memory, Slot } from "../../../provider/run/memory";

describe("a memory", () => {
    it("begins a slot once, and keeps slots apart that begin alike", () => {
        const memory = new Memory();
        let begun = 0;
        const [one, other] = [0, 1].map(
            () =>
                new Slot(() => {
                    begun += 1;
                    return new Map<string, number>();
                }),
        ) as [Slot<Map<string, number>>, Slot<Map<string, number>>];
        memory.of(one).set("a", 1);
        assert.equal(memory.of(one).get("a"), 1);
        assert.equal(begun, 1);
        assert.equal(memory.of(other).size, 0);
        assert.equal(new Memory().of(one).size, 0, "a slot itself keeps nothing");
    });

    it("keeps what begins as nothing", () => {
        const memory = new Memory();
        let begun = 0;
        const nothing = new Slot(() => {
            begun += 1;
            return undefined;
        });
        assert.deepEqual([memory.of(nothing), memory.of(nothing), begun], [undefined, undefined, 1]);
    });
});

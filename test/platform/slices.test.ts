import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import { nextSlice } from "../../platform/slices";
import { refuseLag } from "../support/loop-lag";

/** Keeps the processor busy. */
function work(ms: number): void {
    for (const begun = performance.now(); performance.now() - begun < ms; );
}

describe("work in slices", () => {
    it("lets others have their turn when a slice is over, and not before", async () => {
        await nextTurn();
        let isTurn = false;
        setImmediate(() => {
            isTurn = true;
        });
        await nextSlice();
        await nextSlice();
        assert.equal(isTurn, false);
        work(6);
        await nextSlice();
        assert.equal(isTurn, true);
    });

    it("has one slice a turn, however many are at it", async () => {
        const steps = async () => {
            for (let step = 0; step < 20; step += 1) {
                work(0.2);
                await nextSlice();
            }
        };
        await refuseLag("64 times 4 ms", 60, () => Promise.all(Array.from({ length: 64 }, steps)));
    });
});

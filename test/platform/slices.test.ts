import assert from "node:assert/strict";
import { Slices } from "../../platform/slices";

describe("work in slices", () => {
    it("lets others have their turn when a slice is over, and not before", async () => {
        const slices = new Slices();
        let isOver = false;
        setTimeout(() => {
            isOver = true;
        }, 30);
        while (!isOver) await slices.next(); // goes on for ever unless timers have their turn
        const short = new Slices();
        let isTurn = false;
        setImmediate(() => {
            isTurn = true;
        });
        await short.next();
        assert.equal(isTurn, false);
    });
});

import assert from "node:assert/strict";
import { Gate } from "../../platform/gate";

describe("a gate", () => {
    it("lets so many in at once, in order, whatever becomes of them", async () => {
        const gate = new Gate(2);
        let inside = 0;
        let most = 0;
        const order: number[] = [];
        const visit = (index: number) =>
            gate.run(async () => {
                inside += 1;
                most = Math.max(most, inside);
                order.push(index);
                await new Promise((resolve) => setTimeout(resolve, 1));
                inside -= 1;
                if (index === 3) throw new Error("three");
                return index;
            });
        const outcomes = await Promise.allSettled(Array.from({ length: 9 }, (_, index) => visit(index)));
        assert.deepEqual(
            [most, order, outcomes.filter(({ status }) => status === "rejected").length],
            [2, [0, 1, 2, 3, 4, 5, 6, 7, 8], 1],
        );
        assert.equal(await visit(9), 9, "whoever failed has left");
    });
});

import assert from "node:assert/strict";
import { Gate } from "../../platform/gate";

describe("a gate", () => {
    it("lets in a few at a time, in order, and refuses more than may wait", async () => {
        const gate = new Gate({ atOnce: 2, waiting: 3 });
        let inside = 0;
        let most = 0;
        const order: number[] = [];
        const work = (name: number) =>
            gate.run(async () => {
                inside += 1;
                most = Math.max(most, inside);
                order.push(name);
                await new Promise((resolve) => setTimeout(resolve, 10));
                inside -= 1;
                if (name === 2) throw new Error("two failed");
                return name;
            });
        const results = await Promise.allSettled([1, 2, 3, 4, 5, 6, 7].map(work));
        assert.deepEqual(
            results.map((result) =>
                result.status === "fulfilled" ? result.value : (result.reason.code ?? result.reason.message),
            ),
            [1, "two failed", 3, 4, 5, "overloaded", "overloaded"],
        );
        assert.deepEqual([most, order], [2, [1, 2, 3, 4, 5]]);
        assert.equal(await work(8), 8, "whoever failed has left");
    });

    it("lets so many in at once, in order, whatever becomes of them", async () => {
        const gate = new Gate({ atOnce: 2 });
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
    });
});

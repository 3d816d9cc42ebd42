import assert from "node:assert/strict";
import { LineBudget } from "../../../platform/http/line-budget";

describe("a budget of log lines", () => {
    it("is a number a minute, and the next line says how many were left out", () => {
        let nowMs = 0;
        const budget = new LineBudget(2, () => nowMs);
        const taken = [1, 2, 3, 4, 5].map(() => budget.take());
        assert.deepEqual(taken, [0, 0, undefined, undefined, undefined]);
        nowMs = 59_999;
        assert.equal(budget.take(), undefined);
        nowMs = 60_000;
        assert.deepEqual([budget.take(), budget.take(), budget.take()], [4, 0, undefined]);
    });
});

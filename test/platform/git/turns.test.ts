import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { Turns } from "../../../platform/git/turns";

describe("turns", () => {
    it("come one after the other for one number, also after a failure, and at once for others", async () => {
        const turns = new Turns();
        const told: string[] = [];
        const slow = turns.take(1, async () => {
            await sleep(30);
            told.push("slow");
            throw new Error("failed");
        });
        const next = turns.take(1, async () => void told.push("next"));
        const other = turns.take(2, async () => void told.push("other"));
        await assert.rejects(slow, /failed/);
        await Promise.all([next, other]);
        assert.deepEqual(told, ["other", "slow", "next"]);
    });

    it("can be waited for, whether or not they go well", async () => {
        const turns = new Turns();
        let isDone = false;
        turns.take(1, () => Promise.reject(new Error("failed"))).catch(() => {});
        void turns.take(1, async () => {
            await sleep(20);
            isDone = true;
        });
        await turns.settle();
        assert.ok(isDone);
    });
});

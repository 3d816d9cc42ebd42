import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { mapAtMost } from "../../display/parallel";

describe("work on many things", () => {
    it("is done on so many at a time, and answered in order", async () => {
        let active = 0;
        let most = 0;
        const answers = await mapAtMost(3, [5, 1, 4, 2, 3, 0], async (number) => {
            active += 1;
            most = Math.max(most, active);
            await sleep(number);
            active -= 1;
            return number * 2;
        });
        assert.deepEqual(answers, [10, 2, 8, 4, 6, 0]);
        assert.equal(most, 3);
        assert.deepEqual(await mapAtMost(3, [], async () => 1), []);
        const begun: number[] = [];
        await assert.rejects(
            mapAtMost(2, [1, 2, 3, 4], async (number) => {
                begun.push(number);
                if (number === 2) throw new Error("two");
                await sleep(5);
            }),
            /two/,
        );
        await sleep(20);
        assert.deepEqual(begun, [1, 2], "what follows a failure is not begun");
    });
});

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { repeat } from "../../platform/repeat";

describe("work in the background", () => {
    it("goes on after a failure, never twice at the same time, and ends when it is told", async () => {
        let active = 0;
        let times = 0;
        let overlapped = false;
        let hurried = false;
        const warnings: unknown[] = [];
        const log = { warn: (...words: unknown[]) => void warnings.push(words) };
        const stop = repeat(
            2,
            async (hurry) => {
                overlapped ||= active > 0;
                active += 1;
                times += 1;
                for (let waited = 0; waited < 20 && !hurry.aborted; waited += 1) await sleep(1);
                hurried ||= hurry.aborted;
                active -= 1;
                if (times === 1) throw new Error("once");
            },
            log as never,
        );
        while (times < 3) await sleep(1);
        await stop();
        assert.deepEqual([overlapped, active, hurried, warnings.length], [false, 0, true, 1]);
        const ended = times;
        await sleep(20);
        assert.equal(times, ended);
    });
});

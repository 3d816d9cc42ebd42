import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { settleAll } from "../../../platform/git/settle-all";

describe("settling works", () => {
    it("waits for all of them, also when one has failed, and throws what the first one threw", async () => {
        const ended: string[] = [];
        const work = async (name: string, ms: number, error?: Error) => {
            await sleep(ms);
            ended.push(name);
            if (error !== undefined) throw error;
        };
        await settleAll([work("a", 10), work("b", 1)]);
        await assert.rejects(
            settleAll([work("c", 20, new Error("c")), work("d", 1, new Error("d")), work("e", 30)]),
            /^Error: c$/,
        );
        assert.deepEqual(ended, ["b", "a", "d", "c", "e"]);
    });
});

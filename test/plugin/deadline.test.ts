import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { within } from "../../plugin/deadline";

describe("the time that a program gives", () => {
    it("has no end at 0, and ends with what to do", async () => {
        assert.equal(await within(0, "create it", pause(5, "done")), "done");
        assert.equal(await within(10, "create it", pause(5, "done")), "done");
        const never = new Promise<never>(() => {});
        await assert.rejects(
            within(0.01, "create it", never),
            /^Error: it took more than 0\.01 s to create it, .* customTimeouts\. Raise the limit; the next up finds/,
        );
    });

    it("passes a failure on, and hears one that comes too late", async () => {
        await assert.rejects(within(10, "create it", Promise.reject(new Error("refused"))), /refused/);
        const late = pause(20).then(() => {
            throw new Error("nobody waits for it");
        });
        await assert.rejects(within(0.005, "create it", late), /more than/);
        await pause(30); // an unheard rejection would end this process
    });
});

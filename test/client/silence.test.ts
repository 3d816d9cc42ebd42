import assert from "node:assert/strict";
import { Problem, problemCodes } from "section-model";
import { isSilence, Silence } from "../../client/silence";

const reason = new Problem("unreachable", "https://test.example did not answer in time", { isUncertain: true });

const never = (signal: AbortSignal) =>
    new Promise<never>((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("given up"))));

const inVain = async () => Promise.reject(reason);

describe("silence", () => {
    it("is no answer; every refusal is one", () => {
        assert.deepEqual(
            problemCodes.filter((code) => isSilence(new Problem(code, "x"))),
            ["overloaded", "unreachable"],
        );
        assert.equal(isSilence(new Error("x")), false);
    });

    it("is waited for once: who waits beside it ends with it, and who comes later does not wait", async () => {
        const silence = new Silence();
        const beside = assert.rejects(silence.listen(true, never), { detail: reason.detail, isUncertain: false });
        const changing = silence.listen(false, () => new Promise((resolve) => setTimeout(resolve, 20, "made")));
        await assert.rejects(silence.listen(true, inVain), reason);
        await beside;
        let asked = 0;
        const ask = async () => {
            asked += 1;
        };
        for (const isRead of [true, false])
            await assert.rejects(silence.listen(isRead, ask), { detail: reason.detail, isUncertain: false });
        assert.equal(asked, 0);
        assert.equal(await changing, "made", "what changes something may still be at work");
        await silence.listen(true, ask);
        assert.equal(asked, 1, "an answer ends it");
    });

    it("is not one lost answer: something else was answered meanwhile, or the request may have done its work", async () => {
        const silence = new Silence();
        let fail = () => {};
        const lost = silence.listen(
            true,
            () =>
                new Promise((_resolve, reject) => {
                    fail = () => reject(reason);
                }),
        );
        await assert.rejects(
            silence.listen(true, async () => Promise.reject(new Problem("forbidden", "no"))),
            /no/,
        );
        fail();
        await assert.rejects(lost, reason);
        await assert.rejects(silence.listen(false, inVain), reason);
        assert.equal(await silence.listen(true, async () => "here"), "here");
        assert.equal(silence.isBroken, true);
    });
});

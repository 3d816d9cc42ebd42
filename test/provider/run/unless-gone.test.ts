import assert from "node:assert/strict";
import { Problem } from "section-model";
import { isGone, unlessGone } from "../../../provider/run/unless-gone";

describe("what is gone", () => {
    it("is an outcome; every other failure stays one", async () => {
        const gone = new Problem("not-found", "there is no account 5");
        assert.deepEqual(
            [isGone(gone), isGone(new Problem("forbidden", "no")), isGone(new Error("not-found")), isGone(undefined)],
            [true, false, false, false],
        );
        assert.equal(await unlessGone(Promise.resolve(7)), 7);
        assert.equal(await unlessGone(Promise.reject(gone)), undefined);
        await assert.rejects(unlessGone(Promise.reject(new Problem("forbidden", "no"))), { code: "forbidden" });
    });
});

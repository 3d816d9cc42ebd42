import assert from "node:assert/strict";
import { Problem } from "section-model";
import { isGone, unlessGone } from "../../../provider/run/unless-gone";

describe("what is gone", () => {
    it("is an outcome; every other failure stays one", async () => {
        const gone = new Problem("not-found", "there is no account 5");
        const deleted = new Problem("account-deleted", "organization 5 (Acme) was deleted");
        assert.deepEqual(
            [gone, deleted, new Problem("forbidden", "no"), new Error("not-found"), undefined].map(isGone),
            [true, true, false, false, false],
        );
        assert.equal(await unlessGone(Promise.resolve(7)), 7);
        assert.equal(await unlessGone(Promise.reject(gone)), undefined);
        await assert.rejects(unlessGone(Promise.reject(new Problem("forbidden", "no"))), { code: "forbidden" });
    });
});

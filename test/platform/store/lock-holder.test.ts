import assert from "node:assert/strict";
import { describeSelf, stillHolds } from "../../../platform/store/lock-holder";

describe("the holder of a lock", () => {
    it("is this process as long as it runs, not one that had its number before", async () => {
        const self = await describeSelf();
        assert.equal(self.pid, process.pid);
        assert.equal(await stillHolds(self), true);
        assert.equal(await stillHolds({ ...self, started: "1" }), false);
    });

    it("is nobody when there is no such process", async () => {
        assert.equal(await stillHolds({ pid: 2 ** 22, started: "1" }), false);
    });
});

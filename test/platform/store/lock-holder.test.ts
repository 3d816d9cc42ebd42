import assert from "node:assert/strict";
import { describeSelf, isElsewhere, stillHolds } from "../../../platform/store/lock-holder";
import { withZombie } from "../../support/zombie";

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

    it("is not a zombie, which only a parent that reaps nobody leaves behind", () =>
        withZombie(async (pid) => {
            assert.equal(process.kill(pid, 0), true, "its number is still there");
            assert.equal(await stillHolds({ pid, started: "" }), false);
        }));

    it("says where its number means something", async () => {
        const self = await describeSelf();
        assert.match(self.place ?? "", /^[0-9a-f-]{36} pid:\[\d+\]$/);
        assert.equal(await isElsewhere(self), false);
        assert.equal(await isElsewhere({ ...self, place: self.place?.replace(/\d\]$/, "x]") }), true);
        assert.equal(
            await isElsewhere({ pid: 1, started: "1" }),
            false,
            "locks of older platforms are judged by number, as they were",
        );
    });
});

import assert from "node:assert/strict";
import { groupsOf } from "../../../../platform/git/process/asker";

describe("for whom git works", () => {
    it("is an organization and a user, or nobody who has a share", () => {
        assert.deepEqual(groupsOf({ accountId: 3, userId: 7 }), ["organization 3", "user 7"]);
        assert.deepEqual(groupsOf({ accountId: 3 }), []);
        assert.deepEqual(groupsOf(undefined), []);
    });
});

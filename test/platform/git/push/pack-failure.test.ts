import assert from "node:assert/strict";
import { packProblem } from "../../../../platform/git/push/pack-failure";

describe("what git says of a pack", () => {
    it("is told in words that help", () => {
        const say = (stderr: string) => packProblem(stderr)?.detail;
        assert.equal(
            say(`error: object ${"a".repeat(40)}: hasDotgit: contains '.git'\nfatal: fsck error in packed object`),
            `git does not accept object ${"a".repeat(40)}: contains '.git'`,
        );
        assert.equal(say("fatal: early EOF"), "the pack is damaged");
        assert.equal(
            say(`fatal: did not receive expected object ${"a".repeat(40)}`),
            "the pushed history is incomplete",
        );
        assert.equal(say("fatal: object of unexpected type"), "the pushed history is incomplete");
        assert.equal(say("fatal: unable to create temporary file: invalid"), undefined);
        assert.equal(say("fatal: something else"), undefined);
    });
});

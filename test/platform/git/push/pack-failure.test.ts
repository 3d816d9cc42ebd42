import assert from "node:assert/strict";
import { formatSize } from "../../../../model/file-size";
import { packProblem } from "../../../../platform/git/push/pack-failure";

describe("what git says of a pack", () => {
    it("is told in words that help", () => {
        const say = (stderr: string) => packProblem(stderr, 200 * 1024 * 1024)?.detail;
        assert.equal(
            say("fatal: pack exceeds maximum allowed size (1.00 MiB)"),
            "the pack is larger than 200 MiB, which is the most this platform accepts",
        );
        assert.equal(
            say(`error: object ${"a".repeat(40)}: hasDotgit: contains '.git'\nfatal: fsck error in packed object`),
            `git does not accept object ${"a".repeat(40)}: contains '.git'`,
        );
        assert.equal(say("fatal: early EOF"), "the pack is damaged");
        assert.equal(
            say(`fatal: did not receive expected object ${"a".repeat(40)}`),
            "the pushed history is incomplete",
        );
        assert.equal(say("fatal: unable to create temporary file: invalid"), undefined);
        assert.equal(say("fatal: something else"), undefined);
        assert.equal(formatSize(10), "10 bytes");
    });
});

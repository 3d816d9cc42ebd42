import assert from "node:assert/strict";
import { gitEnvironment, gitSettings } from "../../../../platform/git/process/git-environment";

describe("the environment of git", () => {
    it("lets no transport begin, but reading a file of this machine where a call says so", () => {
        assert.equal(gitEnvironment({}).GIT_ALLOW_PROTOCOL, "");
        assert.equal(gitEnvironment({ readsFile: true }).GIT_ALLOW_PROTOCOL, "file");
        assert.equal(gitEnvironment({}).GIT_NO_LAZY_FETCH, "1");
        assert.ok(gitSettings.includes("protocol.allow=never"));
    });

    it("has no configuration of the machine or of whoever runs the platform", () => {
        const { GIT_CONFIG_NOSYSTEM, GIT_CONFIG_GLOBAL, HOME } = gitEnvironment({});
        assert.deepEqual([GIT_CONFIG_NOSYSTEM, GIT_CONFIG_GLOBAL, HOME], ["1", "/dev/null", "/nonexistent"]);
    });
});

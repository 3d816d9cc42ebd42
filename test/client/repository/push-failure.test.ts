import assert from "node:assert/strict";
import { pushFailure, transportFailure } from "../../../client/repository/push-failure";

describe("what git says of a push", () => {
    it("is one problem per meaning", () => {
        const declined =
            "remote: Validating configuration for proxy varnish...        \nremote: Image 'x' is not valid        \n!\tHEAD:refs/heads/Staging\t[remote rejected] (pre-receive hook declined)";
        const problem = pushFailure(declined, { branch: "Staging" });
        assert.deepEqual([problem.code, problem.lines], ["push-refused", ["Image 'x' is not valid"]]);
        assert.equal(
            pushFailure("!\tHEAD:refs/heads/Staging\t[rejected] (fetch first)", { branch: "Staging" }).code,
            "head-moved",
        );
        assert.equal(pushFailure("! [remote rejected] (fetch first)", { branch: "Staging" }).code, "head-moved");
        assert.equal(pushFailure("error: RPC failed; HTTP 403\nerror: 403", { branch: "Staging" }).code, "forbidden");
        const lost = pushFailure("fatal: the remote end hung up unexpectedly", { branch: "Staging" });
        assert.deepEqual([lost.code, lost.isUncertain], ["unreachable", true]);
    });

    it("and of a fetch", () => {
        assert.equal(transportFailure("fatal: Authentication failed for 'x'", "fetch").code, "unauthenticated");
        assert.equal(
            transportFailure("fatal: Remote branch X not found in upstream origin", "fetch").code,
            "not-found",
        );
        const gone = "fatal: unable to access 'x': The requested URL returned error: 410";
        assert.equal(transportFailure(gone, "fetch").code, "account-deleted");
        assert.equal(transportFailure("", "fetch").code, "unreachable");
    });
});

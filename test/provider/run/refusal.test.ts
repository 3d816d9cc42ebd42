import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi";
import { isProblem } from "section-model";
import { listRefusal, refusal } from "../../../provider/run/refusal";

describe("a refusal", () => {
    it("is a problem that the engine shows without the program's stack", () => {
        const error = refusal("a is b", "Make it c");
        assert.equal(error.message, "a is b. Make it c.");
        assert.ok(isProblem(error) && RunError.isInstance(error));
    });

    it("counts what it says", () => {
        assert.match(listRefusal(["x:1:1: a"], "x").message, /^x:1:1: a\n1 error in x\. /);
        assert.match(listRefusal(["x:1:1: a", "x:2:1: b"], "x").message, /^x:1:1: a\nx:2:1: b\n2 errors in x\. /);
    });
});

import assert from "node:assert/strict";
import { findReasonToSave, lookAtStack } from "../../../cli/engine/look-at-stack";
import { withEngine } from "../../support/engine-script";
import { makeLook } from "../../support/stack-look";

describe("a look at a stack", () => {
    it("is none where the engine refuses, so that it speaks for itself", () =>
        withEngine("echo no stack >&2; exit 255", async () => assert.equal(await lookAtStack({}), undefined)));

    it("finds a resource of another provider, for which the state is saved after each step", async () => {
        const { state } = makeLook();
        const look = makeLook({ state: { ...state, foreign: [{ type: "aws:s3:Bucket", name: "logs" }] } });
        assert.equal(
            await findReasonToSave(look),
            "logs (aws:s3:Bucket) is of another provider, so nothing but the state tells what a killed up made of it",
        );
    });
});

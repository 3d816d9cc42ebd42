import assert from "node:assert/strict";
import { Problem, problemCodes } from "section-model";
import { isSilence } from "../../../provider/run/unless-silent";

describe("silence", () => {
    it("is no answer; every refusal is one", () => {
        assert.deepEqual(
            problemCodes.filter((code) => isSilence(new Problem(code, "x"))),
            ["overloaded", "unreachable"],
        );
        assert.equal(isSilence(new Error("x")), false);
    });
});

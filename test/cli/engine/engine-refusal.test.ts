import assert from "node:assert/strict";
import { engineRefusal } from "../../../cli/engine/engine-refusal";
import { withoutErrorMark } from "../../../cli/terminal/error-mark";

describe("a refusal of the engine", () => {
    const answer = { code: 255, stdout: "", stderr: "error: no stack selected\nerror: twice\n" };

    it("is said in the engine's words, without the mark that they begin with", () => {
        const { message, remedy } = engineRefusal("the state cannot be read", answer);
        assert.match(message, /^the state cannot be read: no stack selected\nerror: twice/);
        assert.match(remedy ?? "", /^Run it in the folder of the program/);
        assert.equal(engineRefusal("x", answer, "Do that").remedy, "Do that");
    });

    it("keeps words that begin otherwise", () => {
        assert.equal(withoutErrorMark(" an error: no\n"), "an error: no");
    });
});

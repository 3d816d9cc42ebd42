import assert from "node:assert/strict";
import { Memory } from "../../../provider/run/memory";
import { isUncheckedLine, noteUnchecked, sayUnchecked } from "../../../provider/run/unchecked";

describe("what a run could not check", () => {
    it("is one line: the thing, or how many there are", () => {
        const memory = new Memory();
        assert.equal(sayUnchecked(memory), undefined);
        noteUnchecked(memory, "application www", "No answer.");
        noteUnchecked(memory, "application www", "No answer.");
        assert.equal(sayUnchecked(memory), "not checked with the platform: application www. No answer.");
        assert.ok(isUncheckedLine(String(sayUnchecked(memory))));
        assert.ok(!isUncheckedLine("application www: no answer"));
        noteUnchecked(memory, "domain shop", "No answer.");
        assert.equal(sayUnchecked(memory), "not checked with the platform: 2 things. No answer.");
    });
});

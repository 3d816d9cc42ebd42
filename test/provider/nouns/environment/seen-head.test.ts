import assert from "node:assert/strict";
import { noteHeadBefore, settlePromote } from "../../../../provider/nouns/environment/seen-head";
import { Memory } from "../../../../provider/run/memory";
import { unknownValue } from "../../../../provider/run/unknown";

const [older, newer] = ["a".repeat(40), "b".repeat(40)];
const staging = "1/1/Staging";

describe("the commit that a promotion waits for", () => {
    const settle = (promote: unknown, promoted?: string, memory = new Memory()) =>
        settlePromote({ name: "Production", promote }, { promote: promoted }, memory).promote;

    it("is the one that the source is at, if this operation leaves the source alone", () => {
        assert.equal(settle({ environment: staging, head: newer }, older), newer);
    });

    it("is the one that the source had before this operation, whatever is tried how often", () => {
        const memory = new Memory();
        noteHeadBefore(memory, staging, older);
        noteHeadBefore(memory, staging, newer);
        assert.equal(settle({ environment: staging, head: newer }, undefined, memory), older);
        assert.equal(settle({ environment: "1/2/Staging", head: newer }, undefined, memory), newer);
    });

    it("is the promoted one, or none, where the source is new or not made yet", () => {
        const memory = new Memory();
        noteHeadBefore(memory, staging, undefined);
        assert.equal(settle({ environment: staging, head: newer }, older, memory), older);
        assert.deepEqual(settle({ environment: staging, head: newer }, undefined, memory), {});
        assert.equal(settle({ environment: unknownValue, head: unknownValue }, older), older);
        assert.deepEqual(settle({ environment: unknownValue, head: unknownValue }), {});
        assert.deepEqual(settle({ environment: staging, head: undefined }), {});
    });

    it("is asked for where a preview knows that the source changes", () => {
        assert.deepEqual(settle({ environment: staging, head: unknownValue }, older), { environment: staging });
    });
});

describe("a short id of a commit", () => {
    const settle = (promote: string, promoted?: string) =>
        settlePromote({ promote }, { promote: promoted }, new Memory()).promote;

    it("stays the commit that it was found to be", () => {
        assert.equal(settle("AAAAAAA", older), older);
        assert.equal(settle("aaaaaab", older), "aaaaaab");
        assert.equal(settle("aaaaaa", older), "aaaaaa", "fewer than 7 digits name nothing");
        assert.equal(settle("aaaaaaa"), "aaaaaaa");
        assert.equal(settle(newer, older), newer);
    });

    it("and other values are left as they are", () => {
        for (const promote of [undefined, unknownValue, { environment: staging }, 5])
            assert.deepEqual(settlePromote({ promote }, { promote: older }, new Memory()), { promote });
    });
});

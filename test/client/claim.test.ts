import assert from "node:assert/strict";
import { claimSchema, makeDeletePath } from "../../client/claim";
import { makeClaim } from "../support/claims";

describe("a claim in an answer", () => {
    it("is read, and none where there is none", () => {
        const claim = makeClaim("www");
        const at = "2026-01-02T03:04:05.000Z";
        assert.deepEqual(claimSchema.parse({ ...claim, claimed_at: at, more: 1 }), { ...claim, claimedAt: at });
        assert.equal(claimSchema.parse(undefined), undefined);
    });
});

describe("the path of a delete", () => {
    it("has the claim if there is one to compare with", () => {
        assert.equal(makeDeletePath("/account/1", undefined), "/account/1");
        assert.equal(makeDeletePath("/account/1", "none"), "/account/1?claim=none");
    });
});

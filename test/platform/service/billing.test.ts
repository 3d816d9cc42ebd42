import assert from "node:assert/strict";
import { getBillingSummary } from "../../../platform/service/billing";
import { makeMember, sharedContext } from "../../support/context";

describe("billing", () => {
    it("would be of the owner, since the account is there", async () => {
        const context = await sharedContext();
        const before = Date.now();
        const member = await makeMember(context);
        const { owner, since } = await getBillingSummary(context, member);
        assert.equal(owner, member.caller.email);
        assert.ok(Math.abs(since.getTime() - before) < 60_000);
    });
});

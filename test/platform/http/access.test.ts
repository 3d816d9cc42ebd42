import assert from "node:assert/strict";
import { grantAccess } from "../../../platform/http/access";
import { makeMember, sharedContext } from "../../support/context";

describe("granting access", () => {
    it("asks who, then where, then whether", async () => {
        const context = await sharedContext();
        const { caller, accountId } = await makeMember(context);
        const stranger = await makeMember(context);
        assert.deepEqual(await grantAccess(context, "anonymous", undefined, true, undefined), { caller: undefined, member: undefined });
        await assert.rejects(grantAccess(context, "user", undefined, false, undefined), { code: "unauthenticated" });
        assert.equal((await grantAccess(context, ["admin"], caller, true, accountId)).member?.capability, "admin");
        await assert.rejects(grantAccess(context, "member", stranger.caller, false, accountId), {
            code: "not-found",
            detail: `there is no account ${accountId}`,
        });
        await assert.rejects(grantAccess(context, ["state"], caller, false, accountId), /One of the capabilities state is required/);
        await assert.rejects(
            grantAccess(context, "user", { ...caller, scope: "read" }, true, undefined),
            /this token may only read\. Use a token of scope write\./,
        );
        await assert.rejects(
            grantAccess(context, "member", { ...stranger.caller, scope: "read" }, true, accountId),
            { code: "not-found" },
            "what one may not see is not refused, it is not there",
        );
    });
});

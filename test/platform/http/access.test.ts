import assert from "node:assert/strict";
import { grantAccess } from "../../../platform/http/access";
import { makeMember, sharedContext } from "../../support/context";

describe("granting access", () => {
    it("asks who, then where, then whether", async () => {
        const context = await sharedContext();
        const { caller, accountId } = await makeMember(context);
        const stranger = await makeMember(context);
        assert.deepEqual(await grantAccess(context, "anonymous", undefined, true, undefined), {
            caller: undefined,
            member: undefined,
        });
        await assert.rejects(grantAccess(context, "user", undefined, false, undefined), { code: "unauthenticated" });
        assert.equal((await grantAccess(context, ["admin"], caller, true, accountId)).member?.capability, "admin");
        await assert.rejects(grantAccess(context, "member", stranger.caller, false, accountId), {
            code: "not-found",
            detail: `there is no account ${accountId}`,
        });
        const unverified = { ...caller, verified: false };
        assert.equal((await grantAccess(context, "verified", caller, true, undefined)).caller, caller);
        await assert.rejects(
            grantAccess(context, "verified", unverified, true, undefined),
            /^Problem: validate your email first: .* is not verified\./,
        );
        await assert.rejects(grantAccess(context, "member", unverified, false, accountId), { code: "not-found" });
        const half = { ...caller, lacksSecondFactor: "everywhere" as const };
        await assert.rejects(grantAccess(context, "user", half, false, undefined), { code: "second-factor" });
        await assert.rejects(grantAccess(context, ["admin"], half, false, accountId), { code: "second-factor" });
        await assert.rejects(
            grantAccess(
                context,
                "member",
                { ...stranger.caller, ...half, userId: stranger.caller.userId },
                false,
                accountId,
            ),
            {
                code: "not-found",
            },
        );
        assert.equal(
            (await grantAccess(context, ["admin"], half, false, accountId, true)).member?.accountId,
            accountId,
        );
        await assert.rejects(
            grantAccess(context, ["state"], caller, false, accountId),
            /One of the capabilities state is required/,
        );
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

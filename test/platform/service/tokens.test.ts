import assert from "node:assert/strict";
import { addToken, listTokens, revokeToken } from "../../../platform/service/tokens";
import { makeMember, sharedContext } from "../../support/context";

describe("token use cases", () => {
    it("make, list and end tokens of a user", async () => {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        const { token, row } = await addToken(context, { userId: caller.userId, description: "laptop" });
        assert.match(token, /^section_[0-9a-f]{16}_/);
        assert.ok(!JSON.stringify(row).includes(token));
        assert.deepEqual(
            (await listTokens(context, caller.userId)).map(({ id, scope }) => [id, scope]),
            [[row.id, "write"]],
        );
        await revokeToken(context, caller.userId, row.id);
        await assert.rejects(revokeToken(context, caller.userId, row.id), { code: "not-found" });
        await assert.rejects(
            addToken(context, { userId: caller.userId, description: "x", expiresAt: new Date(0) }),
            /lies in the past/,
        );
    });
});

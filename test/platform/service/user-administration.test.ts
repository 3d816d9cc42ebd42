import assert from "node:assert/strict";
import { authenticateToken } from "../../../platform/auth/authenticate";
import { transferAccount } from "../../../platform/service/account-administration";
import { inviteMember } from "../../../platform/service/invitations";
import { listMembers } from "../../../platform/service/memberships";
import { addToken } from "../../../platform/service/tokens";
import { listUsers, removeUser, resetTwoFactor, verifyUserByHand } from "../../../platform/service/user-administration";
import { mailsTo, makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("what the operator does to users", () => {
    it("verifies those whose mail never came, whom nobody else's link can reach then", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const email = `${fresh("pending")}@agency.example`;
        await inviteMember(context, owner, { email });
        assert.equal((await mailsTo(email)).length, 1);
        assert.equal((await verifyUserByHand(context, email)).verified, true);
        assert.ok((await listUsers(context)).some((user) => user.email === email && user.verified));
        await assert.rejects(verifyUserByHand(context, "nobody@agency.example"), { code: "not-found" });
        await assert.rejects(resetTwoFactor(context, "nobody@agency.example"), { code: "not-found" });
    });

    it("removes one with tokens and memberships, but no owner", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const leaving = await makeMember(context);
        await inviteMember(context, owner, { email: leaving.caller.email });
        const { token } = await addToken(context, { userId: leaving.caller.userId, description: "x" });
        const signIn = () => authenticateToken(context.store.database, token, context.now(), context.callers);
        assert.equal((await signIn())?.userId, leaving.caller.userId);
        await assert.rejects(
            removeUser(context, leaving.caller.email),
            new RegExp(
                `owns the accounts ${leaving.accountId} \\(Account \\d+\\) and cannot be removed\\. Transfer the ownership first\\.`,
            ),
        );
        await transferAccount(context, leaving.accountId, owner.caller.email);
        await removeUser(context, leaving.caller.email);
        await assert.rejects(signIn, { code: "token-ended", detail: /when its user was removed/ }, "at once");
        assert.deepEqual(
            (await listMembers(context, owner)).map(({ id }) => id),
            [owner.caller.userId],
        );
        await assert.rejects(removeUser(context, leaving.caller.email), { code: "not-found" });
    });
});

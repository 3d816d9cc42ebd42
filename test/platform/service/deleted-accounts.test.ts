import assert from "node:assert/strict";
import { deleteAccount } from "../../../platform/service/accounts";
import { refuseDeletedAccount } from "../../../platform/service/deleted-accounts";
import { removeExpired } from "../../../platform/service/remove-expired";
import { makeMember, sharedContext } from "../../support/context";

describe("an account that was deleted", () => {
    it("is refused as such to a verified last member, for 400 days", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const { caller, accountId } = member;
        const stranger = await makeMember(context);
        await refuseDeletedAccount(context, caller, accountId);
        await deleteAccount(context, member);
        const refused = () => refuseDeletedAccount(context, caller, accountId);
        const today = new Date().toISOString().slice(0, 10);
        await assert.rejects(refused, (error: Error) => {
            assert.match(error.message, new RegExp(`^organization ${accountId} \\(Account \\d+\\) was deleted on `));
            assert.ok(error.message.includes(`deleted on ${today} by ${caller.email}. `), error.message);
            return true;
        });
        await refuseDeletedAccount(context, stranger.caller, accountId);
        await refuseDeletedAccount(context, { ...caller, verified: false }, accountId);
        await refuseDeletedAccount(
            { ...context, options: { ...context.options, extensions: false } },
            caller,
            accountId,
        );
        const inDays = (days: number) => ({ ...context, now: () => new Date(Date.now() + days * 86_400_000) });
        await removeExpired(inDays(399));
        await assert.rejects(refused, { code: "account-deleted" });
        await removeExpired(inDays(401));
        await refused();
    });
});

import assert from "node:assert/strict";
import {
    listEveryAccount,
    setApplicationLimit,
    setTwoFactorRule,
    transferAccount,
} from "../../../platform/service/account-administration";
import { createAccount, getAccount } from "../../../platform/service/accounts";
import { createApplication } from "../../../platform/service/applications";
import { inviteMember } from "../../../platform/service/invitations";
import { listMembers } from "../../../platform/service/memberships";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("what the operator does to accounts", () => {
    it("gives one another owner, who is an admin from then on, as the former one stays", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const heir = await makeMember(context);
        await inviteMember(context, owner, { email: heir.caller.email, capability: "readonly" });
        await transferAccount(context, owner.accountId, heir.caller.email.toUpperCase());
        assert.deepEqual(
            (await listMembers(context, owner)).map(({ id, capability }) => [id, capability]),
            [
                [owner.caller.userId, "admin"],
                [heir.caller.userId, "admin"],
            ],
        );
        const stranger = await makeMember(context);
        await transferAccount(context, owner.accountId, stranger.caller.email);
        assert.equal((await getAccount(context, owner)).owner_id, stranger.caller.userId);
        assert.ok(
            (await listEveryAccount(context)).some(
                ({ id, owner_email, members }) =>
                    id === owner.accountId && owner_email === stranger.caller.email && members === 3,
            ),
        );
        const { member } = await inviteMember(context, owner, { email: `${fresh("pending")}@agency.example` });
        await assert.rejects(
            transferAccount(context, owner.accountId, member.email),
            /is not verified and cannot own account \d+\. Verify the user first\./,
        );
        await assert.rejects(
            transferAccount(context, 999_999_999, owner.caller.email),
            /there is no account 999999999\. See `section-platform account list`\./,
        );
        await assert.rejects(transferAccount(context, owner.accountId, "nobody@agency.example"), { code: "not-found" });
    });

    it("limits its applications, apart from the platform's limit", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const create = () =>
            createApplication(context, member, { hostname: `${fresh("limit")}.acme.example`, origin: "192.0.2.1" });
        await setApplicationLimit(context, member.accountId, 1);
        await create();
        await assert.rejects(create(), {
            code: "system-limit",
            message: "System limit exceeded. Contact support to increase this limit.",
            limit: "applications of this organization: at most 1 (the platform's setting applicationLimit)",
        });
        await setApplicationLimit(context, member.accountId, null);
        await create();
    });

    it("switches the rule of two factors on and off", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const other = await createAccount(context, member.caller, "Other");
        await setTwoFactorRule(context, member.accountId, true);
        assert.equal((await getAccount(context, member)).requires_2fa, true);
        assert.equal((await getAccount(context, { ...member, accountId: other.id })).requires_2fa, false);
        await setTwoFactorRule(context, member.accountId, false);
        assert.equal((await getAccount(context, member)).requires_2fa, false);
    });
});

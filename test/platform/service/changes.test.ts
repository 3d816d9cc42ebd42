import assert from "node:assert/strict";
import {
    setApplicationLimit,
    setTwoFactorRule,
    transferAccount,
} from "../../../platform/service/account-administration";
import { createApplication } from "../../../platform/service/applications";
import { listChanges, noteChange } from "../../../platform/service/changes";
import { addDomain } from "../../../platform/service/domains";
import { switchEnvironment } from "../../../platform/service/environment-switches";
import { requireEnvironment } from "../../../platform/service/environments";
import { inviteMember } from "../../../platform/service/invitations";
import { updateMember } from "../../../platform/service/memberships";
import { removeExpired } from "../../../platform/service/remove-expired";
import { removeUser } from "../../../platform/service/user-administration";
import { deleteChangesBefore } from "../../../platform/store/changes";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

const page = { limit: 100 };

describe("the log of an account", () => {
    it("names the operator's commands", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const heir = await makeMember(context);
        const { accountId } = owner;
        await setTwoFactorRule(context, accountId, true);
        await setApplicationLimit(context, accountId, 5);
        await transferAccount(context, accountId, heir.caller.email);
        const guest = await inviteMember(context, owner, {
            email: `${fresh("guest")}@agency.example`,
            capability: "state",
        });
        await removeUser(context, guest.member.email);
        const thing = { user_id: guest.member.id, email: guest.member.email };
        assert.deepEqual(
            (await listChanges(context, owner, page))
                .slice(0, 6)
                .map((row) => [row.kind, row.thing, row.value_from, row.value_to, row.command]),
            [
                ["member.remove", thing, "state", null, "user remove"],
                ["member.add", thing, null, "state", null],
                ["organization.owner", {}, owner.caller.email, heir.caller.email, "account transfer"],
                [
                    "member.add",
                    { user_id: heir.caller.userId, email: heir.caller.email },
                    null,
                    "admin",
                    "account transfer",
                ],
                ["organization.limit", {}, "default", "5", "account limit"],
                ["organization.two-factor", {}, "off", "on", "account require-2fa"],
            ],
        );
    });

    it("has what happened and nothing that was undone", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const length = async () => (await listChanges(context, owner, page)).length;
        const before = await length();
        const doomed = context.store.transact(async (transaction) => {
            await noteChange(transaction, owner, "organization.rename", { to: "never" });
            throw new Error("doomed");
        });
        await assert.rejects(doomed, /doomed/);
        await assert.rejects(updateMember(context, owner, owner.caller.userId, "readonly"), {
            code: "owner-protected",
        });
        const { id } = await createApplication(context, owner, {
            hostname: `${fresh("log")}.acme.example`,
            origin: "192.0.2.1",
        });
        const attached = addDomain(
            context,
            owner,
            { applicationId: id, environment: "Production" },
            `${fresh("new")}.acme.example`,
            { together: () => Promise.reject(new Error("no certificate")) },
        );
        await assert.rejects(attached, /no certificate/);
        assert.equal(await length(), before + 1, "the application");
    });

    it("has a switch that was thrown, once", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const { id } = await createApplication(context, owner, {
            hostname: `${fresh("page")}.acme.example`,
            origin: "192.0.2.1",
        });
        const row = () => requireEnvironment(context.store.database, owner, id, "Production");
        for (const outage_page of ["sorry", "sorry", null])
            await switchEnvironment(context, owner, await row(), { outage_page });
        assert.equal((await row()).outage_page, null);
        const switched = (await listChanges(context, owner, page)).filter(
            ({ kind }) => kind === "environment.outage-page",
        );
        assert.deepEqual(
            switched.map(({ value_from, value_to }) => [value_from, value_to]),
            [
                ["sorry", null],
                [null, "sorry"],
            ],
        );
    });

    it("ends after 400 days", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const inDays = (days: number) => ({ ...context, now: () => new Date(Date.now() + days * 86_400_000) });
        await deleteChangesBefore(context.store.database, new Date(Date.now() - 86_400_000));
        await removeExpired(inDays(399));
        assert.equal((await listChanges(context, owner, page)).length, 1);
        await removeExpired(inDays(401));
        assert.deepEqual(await listChanges(context, owner, page), []);
    });
});

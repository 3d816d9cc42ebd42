import assert from "node:assert/strict";
import {
    createAccount,
    createAccountWithApplication,
    deleteAccount,
    getAccount,
    graphAccounts,
    listAccounts,
    renameAccount,
} from "../../../platform/service/accounts";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("account use cases", () => {
    it("make, show, rename and delete an account of one's own", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        assert.deepEqual(
            (await listAccounts(context, member.caller)).map(({ id, capability, owner_id }) => [
                id,
                capability,
                owner_id,
            ]),
            [[member.accountId, "admin", member.caller.userId]],
        );
        assert.equal((await renameAccount(context, member, "Renamed")).name, "Renamed");
        await deleteAccount(context, member);
        await assert.rejects(getAccount(context, member), /there is no account/);
    });

    it("are as many as one user may own", async () => {
        const shared = await sharedContext();
        const { caller } = await makeMember(shared);
        const limited = { ...shared, options: { ...shared.options, organizationLimit: 2 } };
        await createAccount(limited, caller, fresh("Second "));
        const refusal = {
            code: "system-limit",
            message: "System limit exceeded. Contact support to increase this limit.",
            limit: "organizations that this user owns: at most 2 (the platform's setting organizationLimit)",
        };
        await assert.rejects(createAccount(limited, caller, fresh("Third ")), refusal);
        const site = { hostname: `${fresh("third")}.acme.example`, origin: "192.0.2.1" };
        await assert.rejects(createAccountWithApplication(limited, caller, fresh("Third "), site), refusal);
        const unlimited = { ...shared, options: { ...shared.options, organizationLimit: 0 } };
        await createAccount(unlimited, caller, fresh("Third "));
    });

    it("leave nothing behind when the first application cannot be made", async () => {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        const hostname = `${fresh("acc")}.acme.example`;
        await createAccountWithApplication(context, caller, "One", { hostname, origin: "192.0.2.1" });
        await assert.rejects(
            createAccountWithApplication(context, caller, "Two", { hostname, origin: "192.0.2.1" }),
            /An application has already been created with domain name/,
        );
        assert.deepEqual(
            (await graphAccounts(context, caller))
                .map(({ account, applications }) => [account.name, applications.length])
                .slice(1),
            [["One", 1]],
        );
    });
});

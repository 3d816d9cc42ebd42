import assert from "node:assert/strict";
import {
    deleteAccountRow,
    findAccount,
    listAccountsOf,
    listAccountsOwnedBy,
    listAllAccounts,
    lockAccount,
    updateAccount,
} from "../../../platform/store/accounts";
import { insertMembership } from "../../../platform/store/memberships";
import { onEveryStore } from "../../support/stores";
import { makeAccount, makeApplication } from "./rows";

onEveryStore("accounts", (store) => {
    it("lists a user's accounts with role and owner, and nobody else's", async () => {
        const { user, account } = await makeAccount(store());
        const other = await makeAccount(store());
        await insertMembership(store().database, account.id, user.id, "admin");
        await insertMembership(store().database, account.id, other.user.id, "state");
        const ofOther = await listAccountsOf(store().database, other.user.id);
        assert.deepEqual(
            ofOther.map(({ id, capability, email, owner_id }) => [id, capability, email, owner_id]),
            [[account.id, "state", user.email, user.id]],
        );
    });

    it("renames, locks and deletes", async () => {
        const { account } = await makeAccount(store());
        await updateAccount(store().database, account.id, { name: "Renamed & Söhne" });
        assert.equal(
            (await store().transact((transaction) => lockAccount(transaction, account.id)))?.name,
            "Renamed & Söhne",
        );
        await deleteAccountRow(store().database, account.id);
        assert.equal(await findAccount(store().database, account.id), undefined);
    });

    it("are listed for the operator with owner and sizes, and for whom they keep here", async () => {
        const { user, account } = await makeApplication(store());
        await insertMembership(store().database, account.id, user.id, "admin");
        const listed = (await listAllAccounts(store().database)).find(({ id }) => id === account.id);
        assert.deepEqual(
            [listed?.owner_email, listed?.members, listed?.applications, listed?.requires_2fa],
            [user.email, 1, 1, false],
        );
        assert.deepEqual(
            (await listAccountsOwnedBy(store().database, user.id)).map(({ id }) => id),
            [account.id],
        );
    });
});

import assert from "node:assert/strict";
import { deleteAccount, findAccount, listAccountsOf, lockAccount, renameAccount } from "../../../platform/store/accounts";
import { insertMembership } from "../../../platform/store/memberships";
import { onEveryStore } from "../../support/stores";
import { makeAccount } from "./rows";

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
        await renameAccount(store().database, account.id, "Renamed & Söhne");
        assert.equal((await store().transact((transaction) => lockAccount(transaction, account.id)))?.name, "Renamed & Söhne");
        await deleteAccount(store().database, account.id);
        assert.equal(await findAccount(store().database, account.id), undefined);
    });
});

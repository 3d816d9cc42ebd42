import assert from "node:assert/strict";
import { deleteAccountRow } from "../../../platform/store/accounts";
import {
    findDeletedAccount,
    forgetAccountsDeletedBefore,
    insertDeletedAccount,
} from "../../../platform/store/deleted-accounts";
import { insertMembership } from "../../../platform/store/memberships";
import { onEveryStore } from "../../support/stores";
import { makeAccount, makeUser } from "./rows";

onEveryStore("deleted accounts", (store) => {
    it("are remembered for their last members, until they are forgotten", async () => {
        const { database } = store();
        const { user, account } = await makeAccount(store());
        const [member, stranger] = [await makeUser(store()), await makeUser(store())];
        for (const { id } of [user, member]) await insertMembership(database, account.id, id, "readonly");
        const { user: elsewhere, account: other } = await makeAccount(store());
        await insertMembership(database, other.id, elsewhere.id, "admin");
        await insertDeletedAccount(database, account, user.email);
        await deleteAccountRow(database, account.id);
        const find = ({ id }: { id: number }) => findDeletedAccount(database, account.id, id);
        const found = await find(member);
        assert.ok(found);
        const { deleted_at, ...facts } = found;
        assert.deepEqual(facts, { account_id: account.id, name: account.name, deleted_by: user.email });
        assert.ok(Math.abs(Date.now() - deleted_at.getTime()) < 60_000);
        assert.deepEqual(await find(user), found);
        for (const each of [stranger, elsewhere]) assert.equal(await find(each), undefined);
        assert.equal(await findDeletedAccount(database, other.id, elsewhere.id), undefined, "it is still there");

        await database.deleteFrom("users").where("id", "=", member.id).execute();
        assert.equal(await find(member), undefined, "they went with their memory");
        await forgetAccountsDeletedBefore(database, new Date(deleted_at.getTime() - 1));
        assert.deepEqual(await find(user), found);
        await forgetAccountsDeletedBefore(database, new Date(deleted_at.getTime() + 1));
        assert.equal(await find(user), undefined);
    });
});

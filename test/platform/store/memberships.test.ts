import assert from "node:assert/strict";
import {
    deleteMembership,
    findCapability,
    findMemberOf,
    findMemberRow,
    insertMembership,
    listMemberRows,
    listMembershipsOf,
    updateMembership,
} from "../../../platform/store/memberships";
import { onEveryStore } from "../../support/stores";
import { makeAccount } from "./rows";

onEveryStore("memberships", (store) => {
    it("a second invitation leaves the first one's role", async () => {
        const { user, account } = await makeAccount(store());
        assert.equal(await insertMembership(store().database, account.id, user.id, "readonly"), true);
        assert.equal(await insertMembership(store().database, account.id, user.id, "admin"), false);
        assert.equal(await findCapability(store().database, account.id, user.id), "readonly");
    });

    it("are listed with people, changed and ended", async () => {
        const { user, account } = await makeAccount(store());
        const other = await makeAccount(store());
        await insertMembership(store().database, account.id, user.id, "admin");
        await insertMembership(store().database, account.id, other.user.id, "state");
        await updateMembership(store().database, account.id, other.user.id, "readonly");
        assert.deepEqual(
            (await listMemberRows(store().database, account.id)).map(({ email, capability }) => [email, capability]),
            [
                [user.email, "admin"],
                [other.user.email, "readonly"],
            ],
        );
        assert.equal((await findMemberRow(store().database, account.id, other.user.id))?.email, other.user.email);
        assert.equal((await findMemberOf(store().database, account.id, other.user.id))?.id, other.user.id);
        assert.equal((await listMembershipsOf(store().database, other.user.id)).length, 1);
        await deleteMembership(store().database, account.id, other.user.id);
        assert.deepEqual(await listMembershipsOf(store().database, other.user.id), []);
        assert.equal(await findCapability(store().database, account.id, other.user.id), undefined);
    });
});

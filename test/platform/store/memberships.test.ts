import assert from "node:assert/strict";
import {
    countMembershipsOf,
    deleteMembership,
    findCapability,
    insertMembership,
    listMemberRows,
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
        assert.equal((await listMemberRows(store().database, account.id, other.user.id)).length, 1);
        assert.equal(await countMembershipsOf(store().database, other.user.id), 1);
        await deleteMembership(store().database, account.id, other.user.id);
        assert.equal(await countMembershipsOf(store().database, other.user.id), 0);
        assert.equal(await findCapability(store().database, account.id, other.user.id), undefined);
    });
});

import assert from "node:assert/strict";
import {
    deleteToken,
    findRevokedToken,
    findToken,
    forgetTokensRevokedBefore,
    insertToken,
    listTokenRows,
    markTokenUsed,
} from "../../../platform/store/tokens";
import { fresh, onEveryStore } from "../../support/stores";
import { makeAccount } from "./rows";

onEveryStore("tokens", (store) => {
    it("keep their hash byte by byte and belong to one user", async () => {
        const { user } = await makeAccount(store());
        const stranger = await makeAccount(store());
        const hash = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 8));
        const id = fresh("token");
        await insertToken(store().database, {
            id,
            user_id: user.id,
            description: "laptop",
            hash,
            scope: "read",
            expires_at: new Date("2030-01-02T03:04:05Z"),
        });
        const found = await findToken(store().database, id);
        assert.ok(found && Buffer.from(found.hash).equals(hash));
        assert.equal(found.expires_at?.toISOString(), "2030-01-02T03:04:05.000Z");
        await markTokenUsed(store().database, id, new Date("2029-01-01T00:00:00Z"));
        assert.equal((await listTokenRows(store().database, user.id))[0]?.last_used_at?.getUTCFullYear(), 2029);
        assert.equal(await deleteToken(store().database, stranger.user.id, id), false);
        assert.equal(await deleteToken(store().database, user.id, id), true);
        assert.equal(await findToken(store().database, id), undefined);
        assert.equal(await deleteToken(store().database, user.id, id), false, "it was there once");
        const revoked = await findRevokedToken(store().database, id);
        assert.ok(revoked && Buffer.from(revoked.hash).equals(hash));
        await forgetTokensRevokedBefore(store().database, revoked.revoked_at);
        assert.ok(await findRevokedToken(store().database, id));
        await forgetTokensRevokedBefore(store().database, new Date(revoked.revoked_at.getTime() + 1));
        assert.equal(await findRevokedToken(store().database, id), undefined);
    });
});

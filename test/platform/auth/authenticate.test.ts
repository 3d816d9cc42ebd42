import assert from "node:assert/strict";
import { authenticateToken, displayName } from "../../../platform/auth/authenticate";
import { makeToken } from "../../../platform/auth/token";
import { insertToken } from "../../../platform/store/tokens";
import { ensureUser } from "../../../platform/store/users";
import { fresh, onEveryStore } from "../../support/stores";

onEveryStore("authentication", (store) => {
    it("knows a user by token", async () => {
        const { database } = store();
        const email = `${fresh("who")}@agency.example`;
        const { user } = await ensureUser(database, { email, email_key: email });
        const { id, token, hash } = makeToken();
        await insertToken(database, {
            id,
            hash,
            user_id: user.id,
            description: "x",
            scope: "read",
            expires_at: new Date("2030-01-01"),
        });
        assert.deepEqual(await authenticateToken(database, token, new Date("2029-01-01")), {
            userId: user.id,
            email,
            name: email,
            verified: false,
            scope: "read",
            via: "token",
            token: { id, expiresAt: new Date("2030-01-01") },
        });
        assert.equal(await authenticateToken(database, token, new Date("2031-01-01")), undefined);
        assert.equal(await authenticateToken(database, makeToken().token), undefined);
    });

    it("shows a name, or the address of who has none", () => {
        assert.equal(displayName({ first_name: "Ada", last_name: "Lovelace", email: "x" }), "Ada Lovelace");
        assert.equal(displayName({ first_name: "", last_name: "", email: "x" }), "x");
    });
});

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { utcDay } from "section-model";
import { authenticateToken, displayName } from "../../../platform/auth/authenticate";
import { makeToken } from "../../../platform/auth/token";
import { deleteToken, deleteTokensOf, insertToken } from "../../../platform/store/tokens";
import { deleteUser, ensureUser } from "../../../platform/store/users";
import { fresh, onEveryStore } from "../../support/stores";

/** A token with this public id, the right form and a secret that nobody was given. */
function forgeToken(id: string): string {
    const body = `section_${id}_${"x".repeat(43)}`;
    const checksum = createHash("sha256").update(`section-token-checksum:${body}`).digest("hex").slice(0, 8);
    return `${body}_${checksum}`;
}

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
        assert.equal(await authenticateToken(database, makeToken().token), undefined);
    });

    it("tells the one who has a token that it expired or was revoked, and a stranger nothing", async () => {
        const { database } = store();
        const email = `${fresh("who")}@agency.example`;
        const { user } = await ensureUser(database, { email, email_key: email });
        const expires_at = new Date("2030-01-01");
        const { id, token, hash } = makeToken();
        await insertToken(database, { id, hash, user_id: user.id, description: "x", scope: "write", expires_at });
        const late = new Date("2031-01-01");
        const ended = (reason: string) => ({ code: "token-ended", detail: reason });
        await assert.rejects(
            authenticateToken(database, token, late),
            ended("this token expired on 2030-01-01 (API request is unauthorized)"),
        );
        const forged = forgeToken(id);
        assert.equal(await authenticateToken(database, forged, late), undefined, "the public id alone tells nothing");
        await deleteToken(database, user.id, id);
        await assert.rejects(
            authenticateToken(database, token),
            ended(`this token was revoked on ${utcDay()} (API request is unauthorized)`),
        );
        assert.equal(await authenticateToken(database, forged), undefined);
    });

    it("tells so of tokens that ended with another, or with their user, and a stranger nothing", async () => {
        const { database } = store();
        const email = `${fresh("who")}@agency.example`;
        const { user } = await ensureUser(database, { email, email_key: email });
        const insert = async (made_by?: string) => {
            const made = makeToken();
            const { id, hash } = made;
            await insertToken(database, { id, hash, user_id: user.id, description: "x", scope: "write", made_by });
            return made;
        };
        const maker = await insert();
        const child = await insert(maker.id);
        const grandchild = await insert(child.id);
        const [beside, sibling] = [await insert(), await insert(maker.id)];
        const refused = (token: string, fate: string) =>
            assert.rejects(authenticateToken(database, token), {
                code: "token-ended",
                detail: `this token ${fate} (API request is unauthorized)`,
            });
        await deleteToken(database, user.id, sibling.id);
        await deleteToken(database, user.id, maker.id);
        await refused(maker.token, `was revoked on ${utcDay()}`);
        await refused(sibling.token, `was revoked on ${utcDay()}`);
        for (const { token } of [child, grandchild])
            await refused(token, `ended on ${utcDay()}, with the token that made it`);
        assert.equal((await authenticateToken(database, beside.token))?.userId, user.id);
        await deleteTokensOf(database, user.id);
        await deleteUser(database, user.id);
        await refused(beside.token, `ended on ${utcDay()}, when its user was removed`);
        for (const { id } of [child, beside])
            assert.equal(await authenticateToken(database, forgeToken(id)), undefined);
    });

    it("shows a name, or the address of who has none", () => {
        assert.equal(displayName({ first_name: "Ada", last_name: "Lovelace", email: "x" }), "Ada Lovelace");
        assert.equal(displayName({ first_name: "", last_name: "", email: "x" }), "x");
    });
});

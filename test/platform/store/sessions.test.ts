import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import {
    deleteExpiredSessions,
    deleteSession,
    extendSession,
    findSession,
    insertSession,
} from "../../../platform/store/sessions";
import { deleteToken, insertToken } from "../../../platform/store/tokens";
import { fresh, onEveryStore } from "../../support/stores";
import { makeAccount } from "./rows";

const at = (hour: number) => new Date(Date.UTC(2030, 0, 1, hour));

onEveryStore("sessions", (store) => {
    async function begin(more: { token_id?: string } = {}) {
        const { user } = await makeAccount(store());
        const hash = randomBytes(32);
        if (more.token_id !== undefined)
            await insertToken(store().database, {
                id: more.token_id,
                user_id: user.id,
                description: "x",
                hash,
                scope: "read",
                expires_at: null,
            });
        const proof =
            more.token_id === undefined
                ? { token_id: null, password_digest: Buffer.from([0, 255]) }
                : { token_id: more.token_id, password_digest: null };
        await insertSession(store().database, {
            ...proof,
            hash,
            user_id: user.id,
            expires_at: at(12),
            ends_at: at(20),
        });
        return { user, hash };
    }

    it("are found with their user until they run out, and go on when they are used", async () => {
        const { user, hash } = await begin();
        const found = await findSession(store().database, hash, at(11));
        assert.deepEqual(
            [found?.user_id, found?.email, found?.scope, found?.ends_at.toISOString()],
            [user.id, user.email, null, at(20).toISOString()],
        );
        assert.ok(found?.password_digest && Buffer.from([0, 255]).equals(Buffer.from(found.password_digest)));
        assert.equal(await findSession(store().database, hash, at(12)), undefined);
        await extendSession(store().database, hash, at(15));
        assert.ok(await findSession(store().database, hash, at(14)));
        assert.equal(await findSession(store().database, randomBytes(32), at(1)), undefined);
    });

    it("end with their token or user, when they are ended, and when they have run out", async () => {
        const id = fresh("session-token");
        const byToken = await begin({ token_id: id });
        assert.equal((await findSession(store().database, byToken.hash, at(1)))?.scope, "read");
        await deleteToken(store().database, byToken.user.id, id);
        assert.equal(await findSession(store().database, byToken.hash, at(1)), undefined);

        const ended = await begin();
        await deleteSession(store().database, ended.hash);
        assert.equal(await findSession(store().database, ended.hash, at(1)), undefined);

        const old = await begin();
        await deleteExpiredSessions(store().database, at(11));
        assert.ok(await findSession(store().database, old.hash, at(1)));
        await deleteExpiredSessions(store().database, at(12));
        assert.equal(await findSession(store().database, old.hash, at(1)), undefined);
    });

    it("depend on a token or on a password, never on both or neither", async () => {
        const { user } = await makeAccount(store());
        const wrong = {
            hash: randomBytes(32),
            user_id: user.id,
            token_id: null,
            password_digest: null,
            expires_at: at(1),
            ends_at: at(1),
        };
        await assert.rejects(insertSession(store().database, wrong));
    });
});

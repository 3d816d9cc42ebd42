import assert from "node:assert/strict";
import { makeLinkToken } from "../../../platform/auth/link-token";
import { deleteExpiredLinks, deleteLinksOf, findLink, insertLink, takeLink } from "../../../platform/store/links";
import { deleteUser } from "../../../platform/store/users";
import { onEveryStore } from "../../support/stores";
import { makeUser } from "./rows";

const now = new Date("2026-01-01T10:00:00Z");
const expiry = new Date("2026-01-03T10:00:00Z");

onEveryStore("links", (store) => {
    async function makeLink(kind: "accept" | "email" = "accept") {
        const user = await makeUser(store());
        const { hash } = makeLinkToken();
        await insertLink(store().database, { hash, kind, user_id: user.id, email: null, expires_at: expiry });
        return { user, hash };
    }

    it("are taken once, however many come with one at the same time", async () => {
        const { hash, user } = await makeLink();
        const taken = await Promise.all(
            Array.from({ length: 10 }, () => takeLink(store().database, hash, "accept", now)),
        );
        assert.deepEqual(
            taken.filter((link) => link !== undefined).map(({ user_id }) => user_id),
            [user.id],
        );
    });

    it("count for their own purpose and until they expire", async () => {
        const { database } = store();
        const { hash } = await makeLink();
        const { hash: other } = makeLinkToken();
        const found = await Promise.all([
            findLink(database, hash, "accept", now),
            findLink(database, hash, "email", now),
            findLink(database, hash, "accept", expiry),
            findLink(database, other, "accept", now),
        ]);
        assert.deepEqual(
            found.map((link) => link !== undefined),
            [true, false, false, false],
        );
        assert.equal(await takeLink(database, hash, "email", now), undefined);
        assert.equal(await takeLink(database, hash, "accept", expiry), undefined);
        await deleteExpiredLinks(database, now);
        assert.ok((await findLink(database, hash, "accept", now)) !== undefined);
        await deleteExpiredLinks(database, expiry);
        assert.equal(await findLink(database, hash, "accept", now), undefined);
    });

    it("go with their user, or all of a kind at once", async () => {
        const { database } = store();
        const one = await makeLink("email");
        await deleteLinksOf(database, one.user.id, "accept");
        assert.ok((await findLink(database, one.hash, "email", now)) !== undefined);
        await deleteLinksOf(database, one.user.id, "email");
        assert.equal(await findLink(database, one.hash, "email", now), undefined);
        const two = await makeLink();
        await deleteUser(database, two.user.id);
        assert.equal(await findLink(database, two.hash, "accept", now), undefined);
    });
});

import assert from "node:assert/strict";
import { insertAccount, updateAccount } from "../../../platform/store/accounts";
import { isReferred, isTaken } from "../../../platform/store/database-failure";
import { insertLink } from "../../../platform/store/links";
import { insertMembership } from "../../../platform/store/memberships";
import { insertToken } from "../../../platform/store/tokens";
import {
    deleteForgottenUsers,
    deleteUser,
    emailConstraint,
    ensureUser,
    findPerson,
    findPersonByEmail,
    findUser,
    findUserByEmail,
    listPeople,
    updateUserRow,
    useTotpStep,
    verifyUser,
} from "../../../platform/store/users";
import { fresh, onEveryStore } from "../../support/stores";
import { makeAccount, makeUser } from "./rows";

onEveryStore("users", (store) => {
    it("twenty at once with one address are one user", async () => {
        const key = `${fresh("race")}@agency.example`;
        const made = await Promise.all(
            Array.from({ length: 20 }, () => ensureUser(store().database, { email: key, email_key: key })),
        );
        assert.equal(new Set(made.map(({ user }) => user.id)).size, 1);
        assert.equal(made.filter(({ isNew }) => isNew).length, 1);
    });

    it("change what is named and keep the rest", async () => {
        const key = `${fresh("jane")}@agency.example`;
        const { user } = await ensureUser(store().database, {
            email: key,
            email_key: key,
            first_name: "Jane",
            phone_number: "1",
        });
        assert.equal((await updateUserRow(store().database, user.id, { phone_number: "2" }))?.first_name, "Jane");
        assert.equal((await updateUserRow(store().database, user.id, {}))?.phone_number, "2");
        assert.deepEqual(await findUserByEmail(store().database, key), await findUser(store().database, user.id));
    });

    it("know whether one of their accounts enforces two-factor authentication", async () => {
        const { database } = store();
        const { user, account } = await makeAccount(store());
        const other = await makeUser(store());
        await insertMembership(database, account.id, other.id, "state");
        const enforced = async () => (await findPerson(database, other.id))?.enforced_2fa;
        assert.equal(await enforced(), false);
        await updateAccount(database, account.id, { requires_2fa: true });
        assert.equal(await enforced(), true);
        assert.deepEqual(await findPersonByEmail(database, other.email_key), await findPerson(database, other.id));
        assert.equal((await findPerson(database, user.id))?.enforced_2fa, false, "who owns it and is no member");
        const listed = (await listPeople(database)).filter(({ id }) => id === user.id || id === other.id);
        assert.deepEqual(
            listed.map(({ id, enforced_2fa }) => [id, enforced_2fa]),
            [
                [user.id, false],
                [other.id, true],
            ],
        );
    });

    it("are verified once, and use up a step of time once", async () => {
        const { database } = store();
        const user = await makeUser(store());
        const verified = await Promise.all(
            [1, 2, 3].map((count) => verifyUser(database, user.id, { first_name: `Name ${count}` })),
        );
        assert.equal(verified.filter((each) => each !== undefined).length, 1);
        assert.equal((await findUser(database, user.id))?.verified, true);
        assert.deepEqual(
            (await Promise.all([1, 2, 3].map(() => useTotpStep(database, user.id, 100)))).filter(Boolean),
            [true],
        );
        assert.deepEqual(
            [await useTotpStep(database, user.id, 99), await useTotpStep(database, user.id, 101)],
            [false, true],
        );
    });

    it("do not share an address, and do not leave while they own an account", async () => {
        const { database } = store();
        const { user, account } = await makeAccount(store());
        const other = await makeUser(store());
        await assert.rejects(updateUserRow(database, other.id, { email_key: user.email_key }), (error) =>
            isTaken(error, emailConstraint),
        );
        await assert.rejects(deleteUser(database, user.id), isReferred);
        await updateAccount(database, account.id, { owner_id: other.id });
        await deleteUser(database, user.id);
        assert.equal(await findUser(database, user.id), undefined);
    });

    it("who never verified their address are forgotten, unless something waits for them", async () => {
        const { database } = store();
        const old = new Date("2001-01-01");
        const make = async (changes: { verified?: boolean; created_at?: Date } = {}) => {
            const email = `${fresh("old")}@agency.example`;
            return (await ensureUser(database, { email, email_key: email, created_at: old, ...changes })).user;
        };
        const [gone, young, verified, member, linked, tokened] = [
            await make(),
            await make({ created_at: new Date("2001-02-02") }),
            await make({ verified: true }),
            await make(),
            await make(),
            await make(),
        ];
        const account = await insertAccount(database, "x", verified.id);
        await insertMembership(database, account.id, member.id, "admin");
        await insertLink(database, {
            hash: Buffer.from(fresh("hash")),
            kind: "accept",
            user_id: linked.id,
            email: null,
            expires_at: old,
        });
        await insertToken(database, {
            id: fresh("id"),
            hash: Buffer.from("x"),
            user_id: tokened.id,
            description: "x",
            scope: "read",
            expires_at: null,
        });
        assert.equal(await deleteForgottenUsers(database, new Date("2001-02-01")), 1);
        const left = await Promise.all(
            [gone, young, verified, member, linked, tokened].map(
                async ({ id }) => (await findUser(database, id)) !== undefined,
            ),
        );
        assert.deepEqual(left, [false, true, true, true, true, true]);
    });
});

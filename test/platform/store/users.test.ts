import assert from "node:assert/strict";
import { ensureUser, findUser, findUserByEmail, updateUser } from "../../../platform/store/users";
import { fresh, onEveryStore } from "../../support/stores";

onEveryStore("users", (store) => {
    it("twenty at once with one address are one user", async () => {
        const key = `${fresh("race")}@agency.example`;
        const made = await Promise.all(Array.from({ length: 20 }, () => ensureUser(store().database, { email: key, email_key: key })));
        assert.equal(new Set(made.map(({ user }) => user.id)).size, 1);
        assert.equal(made.filter(({ isNew }) => isNew).length, 1);
    });

    it("change what is named and keep the rest", async () => {
        const key = `${fresh("jane")}@agency.example`;
        const { user } = await ensureUser(store().database, { email: key, email_key: key, first_name: "Jane", phone_number: "1" });
        assert.equal((await updateUser(store().database, user.id, { phone_number: "2" }))?.first_name, "Jane");
        assert.equal((await updateUser(store().database, user.id, {}))?.phone_number, "2");
        assert.deepEqual(await findUserByEmail(store().database, key), await findUser(store().database, user.id));
    });
});

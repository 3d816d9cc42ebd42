import assert from "node:assert/strict";
import { isDatabaseReachable, openStore } from "../../../platform/store/store";
import { ensureUser, findUserByEmail } from "../../../platform/store/users";
import { freshStoreOptions, onEveryStore, storeKinds } from "../../support/stores";

onEveryStore("a transaction", (store) => {
    it("is all or nothing", async () => {
        await assert.rejects(
            store().transact(async (transaction) => {
                await ensureUser(transaction, { email: "ghost@agency.example", email_key: "ghost@agency.example" });
                throw new Error("changed my mind");
            }),
            /changed my mind/,
        );
        assert.equal(await findUserByEmail(store().database, "ghost@agency.example"), undefined);
        assert.equal(await isDatabaseReachable(store().database), true);
    });

    it("twenty at once all end", async () => {
        const add = (index: number) =>
            store().transact((transaction) =>
                ensureUser(transaction, { email: `t${index}@agency.example`, email_key: `t${index}@agency.example` }),
            );
        assert.equal((await Promise.all(Array.from({ length: 20 }, (_, index) => add(index)))).length, 20);
    });
});

for (const kind of storeKinds) {
    it(`a store in ${kind} is there again after closing, and says whether it is alone`, async function () {
        this.timeout(60_000);
        const options = await freshStoreOptions(kind);
        const first = await openStore(options);
        assert.equal(first.isExclusive, kind === "PGlite");
        await ensureUser(first.database, { email: "jane@agency.example", email_key: "jane@agency.example" });
        await first.close();
        const second = await openStore(options);
        assert.equal((await findUserByEmail(second.database, "jane@agency.example"))?.email, "jane@agency.example");
        await second.close();
    });
}

it("a database that is not there is said to be so", async () => {
    await assert.rejects(
        openStore({ dataDir: "/nonexistent", databaseUrl: "postgres://section@127.0.0.1:9/x" }),
        /the database does not answer/,
    );
});

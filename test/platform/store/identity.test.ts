import assert from "node:assert/strict";
import { ensureIdentity, readIdentity } from "../../../platform/store/identity";
import { openStore } from "../../../platform/store/store";
import { withFolder } from "../../support/platform";
import { seedDatabase } from "../../support/seed";
import { onEveryStore, sharedStore, storeKinds } from "../../support/stores";

onEveryStore("the identity of a platform", (store) => {
    it("is 16 characters, made once", async () => {
        const id = await readIdentity(store().database);
        assert.match(id, /^[A-Za-z0-9_-]{16}$/);
        await ensureIdentity(store().database);
        assert.equal(await readIdentity(store().database), id);
    });
});

describe("the identities of platforms", () => {
    it("differ, also when an empty database was copied for both, and stay as long as their databases", () =>
        withFolder((one) =>
            withFolder(async (other) => {
                const ids = await Promise.all(
                    [one, other, one].map(async (dataDir, index) => {
                        if (index < 2) await seedDatabase(dataDir);
                        return dataDir;
                    }),
                ).then(async (folders) => {
                    const found: string[] = [];
                    for (const dataDir of folders) {
                        const store = await openStore({ dataDir });
                        found.push(await readIdentity(store.database).finally(() => store.close()));
                    }
                    return found;
                });
                assert.equal(ids[0], ids[2]);
                assert.notEqual(ids[0], ids[1]);
                for (const kind of storeKinds)
                    assert.ok(!ids.includes(await readIdentity((await sharedStore(kind)).database)));
            }),
        ));
});

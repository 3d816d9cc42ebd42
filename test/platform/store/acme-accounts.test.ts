import assert from "node:assert/strict";
import { ensureAccountKey } from "../../../platform/store/acme-accounts";
import { fresh, onEveryStore } from "../../support/stores";

onEveryStore("accounts at certificate authorities", (store) => {
    it("have one key each, whoever makes it", async () => {
        const directory = `https://${fresh("ca")}.example/dir`;
        const keys = await Promise.all(
            [1, 2, 3, 4].map((byte) => ensureAccountKey(store().database, directory, () => Buffer.from([byte]))),
        );
        assert.equal(new Set(keys.map((key) => key.toString("hex"))).size, 1);
        const other = await ensureAccountKey(store().database, `${directory}/other`, () => Buffer.from([9]));
        assert.deepEqual(other, Buffer.from([9]));
        assert.deepEqual(
            await ensureAccountKey(store().database, directory, () => assert.fail("it is there")),
            keys[0],
        );
    });
});

import assert from "node:assert/strict";
import { findPayloads, insertPayload, listEveryPayload } from "../../../platform/store/payloads";
import { fresh, onEveryStore } from "../../support/stores";
import { makeApplication } from "./rows";

onEveryStore("payloads", (store) => {
    it("belong to an account and go with their application", async () => {
        const { database } = store();
        const { account, application } = await makeApplication(store());
        const id = fresh("payload");
        const row = { id, account_id: account.id, application_id: application.id, uploaded_by: null, sha256: "00" };
        await insertPayload(database, { ...row, bytes: 5_000_000_000 });
        assert.deepEqual(await findPayloads(database, account.id, [id, "other"]), [id]);
        assert.deepEqual(await findPayloads(database, account.id + 1, [id]), []);
        assert.deepEqual(await findPayloads(database, account.id, []), []);
        assert.deepEqual(
            (await listEveryPayload(database)).filter((each) => each.id === id),
            [{ id, accountId: account.id }],
        );
        const { bytes } = await database
            .selectFrom("payloads")
            .select("bytes")
            .where("id", "=", id)
            .executeTakeFirstOrThrow();
        assert.equal(bytes, 5_000_000_000);
        await database.deleteFrom("applications").where("id", "=", application.id).execute();
        assert.deepEqual(await findPayloads(database, account.id, [id]), []);
    });
});

import assert from "node:assert/strict";
import {
    countApplications,
    deleteApplication,
    findApplication,
    insertApplication,
    listApplications,
    listEveryApplication,
    moveApplication,
} from "../../../platform/store/applications";
import { onEveryStore } from "../../support/stores";
import { makeAccount, makeApplication } from "./rows";

onEveryStore("applications", (store) => {
    it("shows what is ready only, and counts everything", async () => {
        const { account, application } = await makeApplication(store());
        const half = await insertApplication(store().database, account.id, "half.acme.example");
        assert.deepEqual(
            (await listApplications(store().database, account.id)).map(({ id }) => id),
            [application.id],
        );
        assert.equal(await findApplication(store().database, account.id, half.id), undefined);
        assert.equal(await countApplications(store().database, account.id), 2);
        assert.ok((await listEveryApplication(store().database)).some(({ id, state }) => id === half.id && state === "creating"));
    });

    it("belongs to one account: another one finds and deletes nothing", async () => {
        const { account, application } = await makeApplication(store());
        const { account: other } = await makeAccount(store());
        assert.equal(await findApplication(store().database, other.id, application.id), undefined);
        await deleteApplication(store().database, other.id, application.id);
        assert.equal((await findApplication(store().database, account.id, application.id))?.id, application.id);
    });

    it("moves from one state only", async () => {
        const { account, application } = await makeApplication(store());
        assert.equal(await moveApplication(store().database, account.id, application.id, "creating", "ready"), false);
        assert.equal(await moveApplication(store().database, account.id, application.id, "ready", "deleting"), true);
        assert.equal(await moveApplication(store().database, account.id, application.id, "ready", "deleting"), false, "only one can begin a deletion");
    });
});

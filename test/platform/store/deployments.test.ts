import assert from "node:assert/strict";
import { insertDeployment, listDeploymentRows } from "../../../platform/store/deployments";
import { onEveryStore } from "../../support/stores";
import { makeApplication } from "./rows";

onEveryStore("deployments", (store) => {
    it("are listed newest first, up to a limit", async () => {
        const { account, environment } = await makeApplication(store());
        for (const commit of ["a", "b", "c"]) {
            await insertDeployment(store().database, {
                account_id: account.id,
                environment_id: environment.id,
                commit,
                author_name: "Jane",
                author_email: "jane@agency.example",
            });
        }
        assert.deepEqual(
            (await listDeploymentRows(store().database, account.id, environment.id, 2)).map(({ commit }) => commit),
            ["c", "b"],
        );
        assert.deepEqual(await listDeploymentRows(store().database, account.id + 1, environment.id, 2), []);
    });
});

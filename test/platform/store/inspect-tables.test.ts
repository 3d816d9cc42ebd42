import assert from "node:assert/strict";
import { inspectTables } from "../../../platform/store/inspect-tables";
import { onEveryStore } from "../../support/stores";
import { makeApplication } from "./rows";

onEveryStore("the inspection of tables", (store) => {
    it("reads every row and finds nothing in tables that are whole, also while rows come", async () => {
        await makeApplication(store());
        const [found] = await Promise.all([inspectTables(store().database), makeApplication(store())]);
        assert.deepEqual(found, []);
    });
});

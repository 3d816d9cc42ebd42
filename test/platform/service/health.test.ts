import assert from "node:assert/strict";
import { isReachable } from "../../../platform/service/health";
import { openStore } from "../../../platform/store/store";
import { sharedContext } from "../../support/context";
import { freshStoreOptions } from "../../support/stores";

describe("reachability", () => {
    it("is lost with the database", async () => {
        const context = await sharedContext();
        assert.equal(await isReachable(context), true);
        const store = await openStore(await freshStoreOptions("PGlite"));
        await store.close();
        assert.equal(await isReachable({ ...context, store }), false);
    });
});

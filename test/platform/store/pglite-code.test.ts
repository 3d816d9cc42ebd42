import assert from "node:assert/strict";
import { PGlite } from "@electric-sql/pglite";
import { compilePglite } from "../../../platform/store/pglite-code";

describe("the code of PGlite", () => {
    it("is compiled once, and runs", async () => {
        const [one, other] = await Promise.all([compilePglite(), compilePglite()]);
        assert.equal(one, other);
        const pglite = await PGlite.create({ pgliteWasmModule: one });
        assert.deepEqual((await pglite.query("select 1 as n")).rows, [{ n: 1 }]);
        await pglite.close();
    }).timeout(60_000);
});

import assert from "node:assert/strict";
import { startOperation } from "../../support/operation";
import { fresh } from "../../support/stores";

describe("an application that is replaced", () => {
    it("is refused while another stack has something in it, and names that", async () => {
        const up = await startOperation();
        const acme = await up("organization").create({ name: fresh("Shared ") }, "acme");
        const hostname = `${fresh("www")}.acme.example`;
        const site = { organization: acme.id, hostname, origin: "192.0.2.1" };
        const www = await up("application").create(site, "www");
        const staging = { application: www.id, name: "Staging", hostname: `staging.${hostname}` };
        await up("environment").create(staging, "staging");
        const next = { ...site, hostname: `next.${hostname}` };
        const own = await startOperation();
        const { replaces } = await own("application").diff(www.id, www.outs, next, "www");
        assert.deepEqual(replaces, ["hostname"], "its own environment is in nobody's way");

        const other = await startOperation();
        const copy = { ...staging, name: "Test", hostname: `test.${hostname}` };
        await other("environment").create(copy, { stack: "copy", resource: "test" });
        const later = await startOperation();
        await assert.rejects(
            later("application").diff(www.id, www.outs, next, "www"),
            /would be replaced and contains what others hold: environment Test \(agency\/copy test\)/,
        );
    });
});

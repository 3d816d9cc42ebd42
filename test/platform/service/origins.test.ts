import assert from "node:assert/strict";
import { checkHostname, detectOrigin, discoverOrigin, followAliases, resolveAddresses } from "../../../platform/service/origins";
import { sharedContext } from "../../support/context";

describe("origins", () => {
    it("that no DNS server answers for are unknown, not failures", async () => {
        const context = await sharedContext();
        assert.deepEqual(await resolveAddresses(context, "www.acme.example"), []);
        assert.equal(await detectOrigin(context, "www.acme.example"), undefined);
        assert.deepEqual(await followAliases(context, "www.acme.example"), []);
        assert.deepEqual(await discoverOrigin(context, "Acme.Example."), { hostname: "acme.example", isApex: true, isTaken: false, addresses: [] });
        assert.deepEqual(await checkHostname(context, "WWW.nobody.example"), { hostname: "www.nobody.example", taken: false });
    });
});

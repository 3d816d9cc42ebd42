import assert from "node:assert/strict";
import { isClaimable, readClaim } from "../../../provider/protection/read-claim";
import { startOperation } from "../../support/operation";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("who has a thing", () => {
    it("is told for every kind: by its own claim, or by that of the larger thing that it comes with", async () => {
        const up = await startOperation();
        const acme = await up("organization").create({ name: fresh("Claimed ") }, "acme");
        const hostname = `${fresh("www")}.acme.example`;
        const site = { organization: acme.id, hostname, origin: "192.0.2.1" };
        const www = await up("application").create(site, "www");
        const copy = { application: www.id, name: "Staging", hostname: `staging.${hostname}` };
        const staging = await up("environment").create(copy, "staging");
        const alias = { environment: `${www.id}/Production`, hostname: `shop.${hostname}` };
        const shop = await up("domain").create(alias, "shop");
        const email = "ada@agency.example";
        const ada = await up("membership").create({ organization: acme.id, email, role: "state" }, "ada");
        const session = await openTestSession();
        const see = async (kind: string, id: string) => {
            const { own, counts } = (await readClaim(session, kind, id)) ?? {};
            return [own?.resource, counts?.resource];
        };
        assert.deepEqual(await see("organization", acme.id), ["acme", "acme"]);
        assert.deepEqual(await see("application", www.id), ["www", "www"]);
        assert.deepEqual(await see("environment", staging.id), ["staging", "staging"]);
        assert.deepEqual(await see("domain", shop.id), ["shop", "shop"]);
        assert.deepEqual(await see("membership", ada.id), ["ada", "ada"]);
        assert.deepEqual(await see("environment", `${www.id}/Production`), [undefined, "www"]);
        assert.deepEqual(await see("domain", `${www.id}/Production/${hostname}`), [undefined, "www"]);
        assert.deepEqual(await see("membership", `${acme.id}/olga@agency.example`), [undefined, "acme"]);
        assert.deepEqual(await see("domain", `${staging.id}/staging.${hostname}`), [undefined, undefined]);
        for (const [kind, id] of [
            ["organization", "999999"],
            ["application", `${acme.id}/999999`],
            ["environment", `${www.id}/Missing`],
            ["domain", `${staging.id}/missing.example`],
            ["membership", `${acme.id}/nobody@agency.example`],
        ] as const)
            assert.equal(await readClaim(session, kind, id), undefined, kind);
        assert.deepEqual([isClaimable("domain"), isClaimable("team")], [true, false]);
    });
});

import assert from "node:assert/strict";
import { findHostnameSource, saySource } from "../../../provider/nouns/hostname-source";
import { startOperation } from "../../support/operation";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("the environment that has a hostname", () => {
    it("is found with the claim that counts, and with whether it names its application", async () => {
        const up = await startOperation();
        const acme = await up("organization").create({ name: fresh("Source ") }, "acme");
        const hostname = `${fresh("www")}.acme.example`;
        const www = await up("application").create({ organization: acme.id, hostname, origin: "192.0.2.1" }, "www");
        const [shop, staging] = [`shop.${hostname}`, `staging.${hostname}`];
        await up("domain").create({ environment: `${www.id}/Production`, hostname: shop }, "shop");
        await up("environment").create({ application: www.id, name: "Staging", hostname: staging }, "copy");
        const session = await openTestSession();
        const see = async (name: string) => {
            const source = await findHostnameSource(session, name);
            return (
                source && [saySource(source), source.own?.resource, source.counts?.resource, source.namesApplication]
            );
        };
        assert.deepEqual(await see(hostname), [`environment ${www.id}/Production`, undefined, "www", true]);
        assert.deepEqual(await see(shop), [`environment ${www.id}/Production`, "shop", "shop", false]);
        assert.deepEqual(await see(staging), [`environment ${www.id}/Staging`, undefined, "copy", false]);
        assert.equal(await see("nobody.acme.example"), undefined);
    });

    for (const extensions of [true, false])
        it(`is found ${extensions ? "by the graph" : "by v1's lists"}, and not with somebody else`, async () => {
            const session = await openTestSession({ extensions });
            const [ours, theirs] = [`${fresh("src")}.acme.example`, `${fresh("src")}.elsewhere.example`];
            const body = { name: fresh("Acme "), hostname: ours, origin: "192.0.2.1" };
            await session.client.write("POST", "/account/create", { body, forgets: [] });
            const stranger = await session.platform.signUp(`${fresh("stranger")}@elsewhere.example`);
            await stranger.must("POST", "/account/create", { ...body, hostname: theirs });
            const source = await findHostnameSource(session, ours);
            assert.equal(source?.place.environment, "Production");
            assert.equal(await findHostnameSource(session, theirs), undefined);
        });
});

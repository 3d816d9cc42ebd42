import assert from "node:assert/strict";
import { startOperation } from "../../support/operation";
import { providerPlatform } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("a hostname that another thing has since an interrupted up", () => {
    it("goes back to the environment that declares it before that thing is deleted", async () => {
        const { api } = await providerPlatform();
        const made = await startOperation();
        const { id: organization } = await made("organization").create({ name: fresh("Home ") }, "acme");
        const [hostname, shop] = [`${fresh("www")}.acme.example`, `${fresh("shop")}.acme.example`];
        const site = { organization, hostname, origin: "192.0.2.1" };
        const www = await made("application").create(site, "www");
        const alias = { environment: `${www.id}/Production`, hostname: shop };
        const domain = await made("domain").create(alias, "alias");

        // the alias becomes a site, and the rest of that up fails
        const cut = await startOperation();
        const other = await cut("application").create({ ...site, hostname: shop }, "shop");
        const see = async () =>
            (await api.get(`/account/${organization}/application/${www.id.split("/")[1]}/environment`))[0];
        assert.deepEqual(
            (await see()).domains.map(({ name }: { name: string }) => name),
            [hostname],
        );

        // the program is taken back: the alias is declared as before, the site leaves
        const back = await startOperation();
        assert.equal((await back("domain").diff(domain.id, domain.outs, alias, "alias")).changes, false);
        await back("application").delete(other.id, other.outs);
        const { domains } = await see();
        assert.deepEqual(domains.map(({ name }: { name: string }) => name).sort(), [hostname, shop].sort());
        assert.equal(domains.find(({ name }: { name: string }) => name === shop).claim.id, domain.outs.__claim);
    });
});

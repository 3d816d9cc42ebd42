import assert from "node:assert/strict";
import { Dns } from "../../../platform/dns/dns";
import { createApplication } from "../../../platform/service/applications";
import type { Context } from "../../../platform/service/context";
import { detectOrigin, discoverOrigin } from "../../../platform/service/origins";
import { makeMember, sharedContext } from "../../support/context";
import { type DnsName, startDns, type TestDns } from "../../support/dns";
import { fresh } from "../../support/stores";

describe("origins", () => {
    let dns: TestDns;
    let context: Context;
    const names = new Map<string, DnsName>();
    before(async () => {
        dns = await startDns(names);
        const shared = await sharedContext();
        context = {
            ...shared,
            dns: new Dns([dns.address]),
            options: { ...shared.options, edgeAddresses: ["203.0.113.1"] },
        };
    });
    after(() => dns.close());

    it("are an address, or the alias that the site follows", async () => {
        names.set("one.acme.example", { A: ["192.0.2.2"] });
        assert.deepEqual(await detectOrigin(context, "one.acme.example"), {
            endpoint: "192.0.2.2",
            isFixed: true,
            addresses: ["192.0.2.2"],
            thirdParty: undefined,
            hint: "",
        });
        names.set("many.acme.example", { A: ["192.0.2.2", "192.0.2.1", "10.0.0.1"] });
        const many = await detectOrigin(context, "many.acme.example");
        assert.deepEqual(
            [many.endpoint, many.addresses],
            ["192.0.2.1", ["192.0.2.1", "192.0.2.2"]],
            "the same every time, and no private one",
        );
        assert.match(many.hint, /has 2 addresses/);
        names.set("shop.acme.example", "acme.myshopify.com").set("acme.myshopify.com", { A: ["192.0.2.3"] });
        const shop = await detectOrigin(context, "shop.acme.example");
        assert.deepEqual([shop.endpoint, shop.isFixed, shop.thirdParty], ["acme.myshopify.com", false, "Shopify"]);
        assert.match(shop.hint, /is at Shopify/);
    });

    it("are never the platform itself, nor what only a private network knows", async () => {
        for (const [name, record] of [
            ["here.acme.example", "here.acme.example.c.section.io"],
            ["apex.example", { A: ["203.0.113.1"] }],
        ] as [string, DnsName][]) {
            names.set(name, record);
            const { endpoint, hint } = await detectOrigin(context, name);
            assert.equal(endpoint, undefined);
            assert.match(hint, /leads to this platform already/);
        }
        for (const address of ["10.1.2.3", "127.0.0.1", "169.254.169.254", "192.168.1.1"]) {
            names.set("inside.acme.example", { A: [address] });
            const { endpoint, addresses, hint } = await detectOrigin(context, "inside.acme.example");
            assert.deepEqual([endpoint, addresses], [undefined, []]);
            assert.match(hint, /private network only/);
        }
    });

    it("are unknown, and no failure, where the DNS says nothing", async () => {
        names.set("broken.acme.example", "SERVFAIL");
        assert.match(
            (await detectOrigin(context, "broken.acme.example")).hint,
            /SERVFAIL.*ask again, or name the origin/,
        );
        assert.deepEqual(await detectOrigin(context, "nothing.acme.example"), {
            isFixed: false,
            addresses: [],
            thirdParty: undefined,
            hint: "",
        });
    });

    it("name the application that has the hostname to its own people only", async () => {
        const [member, stranger] = [await makeMember(context), await makeMember(context)];
        const hostname = `${fresh("orig")}.acme.example`;
        await createApplication(context, member, { hostname, origin: "192.0.2.1" });
        const mine = await discoverOrigin(context, member.caller, `${hostname.toUpperCase()}.`);
        assert.deepEqual(
            [mine.hostname, mine.isTaken, mine.isApex, mine.ownApplication],
            [hostname, true, false, hostname],
        );
        const theirs = await discoverOrigin(context, stranger.caller, hostname);
        assert.deepEqual([theirs.isTaken, theirs.ownApplication], [true, undefined]);
        assert.equal((await discoverOrigin(context, member.caller, "acme.example")).isApex, true);
    });
});

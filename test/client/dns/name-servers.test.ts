import assert from "node:assert/strict";
import { Dns } from "../../../client/dns/dns";
import { findDnsHost } from "../../../client/dns/name-servers";
import { type DnsName, startDns, type TestDns } from "../../support/dns";

describe("the DNS host of a hostname", () => {
    const names = new Map<string, DnsName>();
    let server: TestDns;
    before(async () => {
        server = await startDns(names);
    });
    beforeEach(() => names.clear());
    after(() => server.close());

    const find = (hostname: string, isAlias = false) => findDnsHost(new Dns([server.address]), hostname, isAlias);

    it("is who answers for the nearest zone above it, by the name that people know", async () => {
        names.set("acme.example", { NS: ["Bob.ns.cloudflare.com", "ada.ns.cloudflare.com"] });
        assert.deepEqual(await find("a.www.acme.example"), {
            zone: "acme.example",
            nameServers: ["ada.ns.cloudflare.com", "bob.ns.cloudflare.com"],
            provider: "Cloudflare",
        });
        const providers: [string[], string][] = [
            [["ns-1.awsdns-07.co.uk", "ns-9.awsdns-00.com"], "Amazon Route 53"],
            [["ns1-02.azure-dns.com"], "Azure DNS"],
            [["ns1.hoster.co.uk", "ns2.hoster.co.uk"], "hoster.co.uk"],
            [["ns1.evilcloudflare.com"], "evilcloudflare.com"],
            [["ns1.hetzner.com", "ns1.hoster.example"], "Hetzner and hoster.example"],
        ];
        for (const [NS, provider] of providers) {
            names.set("acme.example", { NS });
            assert.equal((await find("acme.example")).provider, provider);
        }
    });

    it("is another one where part of a domain is kept elsewhere; an alias has none of its own", async () => {
        names.set("acme.example", { NS: ["ns1.hoster.example"] });
        names.set("shop.acme.example", { NS: ["ns1.shops.example"] });
        assert.deepEqual((await find("www.shop.acme.example")).zone, "shop.acme.example");
        assert.equal((await find("shop.acme.example")).provider, "shops.example");
        assert.equal((await find("shop.acme.example", true)).provider, "hoster.example");
    });

    it("is unknown, with the reason, where the DNS does not say; never asked for above the registered domain", async () => {
        names.set("example", { NS: ["a.root.example"] });
        assert.deepEqual(await find("www.acme.example"), { zone: "acme.example", nameServers: [] });
        assert.ok(!server.asked.includes("NS example"));
        names.set("acme.example", "SERVFAIL");
        assert.match((await find("www.acme.example")).failure ?? "", /the DNS servers failed/);
    });
});

import assert from "node:assert/strict";
import { adviseOn, dnsRecordFor } from "section-model";
import { findChanges, hostWithin } from "../../../cli/golive/dns-change";
import { Dns } from "../../../client/dns/dns";
import { judgeName } from "../../../client/dns/finding";
import { findDnsHost } from "../../../client/dns/name-servers";
import { viewName } from "../../../client/dns/name-view";
import { type DnsName, startDns, type TestDns } from "../../support/dns";

describe("what to change at a DNS host", () => {
    const names = new Map<string, DnsName>();
    let server: TestDns;
    before(async () => {
        server = await startDns(names);
    });
    beforeEach(() => {
        names.clear();
        names.set("acme.example", { NS: ["ns1.hoster.example"] });
    });
    after(() => server.close());

    async function change(hostname: string) {
        const dns = new Dns([server.address]);
        const record = adviseOn(dnsRecordFor(hostname));
        const view = await viewName(dns, record);
        const host = await findDnsHost(dns, hostname, view.aliases.records.length > 0);
        return findChanges(record, host, view, judgeName(record, view, true)).map(
            ({ advice: _advice, ...rest }) => rest,
        );
    }

    const www = {
        type: "CNAME",
        host: "www",
        name: "www.acme.example",
        value: "www.acme.example.c.section.io",
        ttl: 300,
    };

    it("is a record to add, to replace, or to keep", async () => {
        assert.deepEqual(await change("www.acme.example"), [{ action: "add", old: [], ...www }]);
        names.set("www.acme.example", { A: ["192.0.2.2", "192.0.2.1"] });
        assert.deepEqual(await change("www.acme.example"), [
            { action: "replace", old: ["A 192.0.2.1", "A 192.0.2.2"], oldTtl: 60, ...www },
        ]);
        names.set("www.acme.example", "old.cdn.example");
        assert.deepEqual(await change("www.acme.example"), [
            { action: "replace", old: ["CNAME old.cdn.example"], ...www },
        ]);
        names.set("www.acme.example", www.value);
        assert.deepEqual(await change("www.acme.example"), [{ action: "keep", old: [`CNAME ${www.value}`], ...www }]);
    });

    it("is AAAA to remove and CAA to add, each in its place", async () => {
        names.set("acme.example", {
            NS: ["ns1.hoster.example"],
            A: ["192.0.2.1"],
            AAAA: ["2001:db8::1"],
            CAA: [{ flags: 0, tag: "issue", value: "ca.example" }],
        });
        const [alias, ipv6, caa] = await change("acme.example");
        assert.deepEqual([alias?.type, alias?.host, alias?.action], ["ALIAS", "@", "replace"]);
        assert.deepEqual(ipv6, {
            action: "remove",
            type: "AAAA",
            host: "@",
            name: "acme.example",
            old: ["AAAA 2001:db8::1"],
        });
        assert.deepEqual(caa, {
            ...{ action: "add", type: "CAA", host: "@", name: "acme.example", old: ['CAA 0 issue "ca.example"'] },
            ...{ value: '0 issue "letsencrypt.org"', ttl: 300 },
        });
    });

    it("is named within the zone that the record stands in, wherever that is kept", async () => {
        names.set("shop.acme.example", { NS: ["ns1.shops.example"] });
        assert.equal((await change("www.shop.acme.example"))[0]?.host, "www");
        assert.equal(hostWithin("acme.example", "shop.acme.example"), "acme.example");
        assert.equal(hostWithin("evilacme.example", "acme.example"), "evilacme.example");
    });

    it("is set without knowing what is there, where the DNS did not say or was not asked", async () => {
        names.set("www.acme.example", "SERVFAIL");
        assert.deepEqual(await change("www.acme.example"), [{ action: "set", ...www }]);
        const record = adviseOn(dnsRecordFor("www.acme.example"));
        assert.equal(findChanges(record, { zone: "acme.example", nameServers: [] }, undefined, [])[0]?.action, "set");
    });
});

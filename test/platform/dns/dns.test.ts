import assert from "node:assert/strict";
import { Dns } from "../../../platform/dns/dns";
import { type DnsName, startDns, type TestDns } from "../../support/dns";

describe("the DNS", () => {
    let server: TestDns;
    let dns: Dns;
    before(async () => {
        const names = new Map<string, DnsName>([
            [
                "acme.example",
                {
                    A: ["192.0.2.2", "192.0.2.1"],
                    AAAA: ["2001:db8::1"],
                    NS: ["ns1.acme.example"],
                    MX: [{ preference: 10, exchange: "Mail.Acme.Example" }],
                    TXT: ["v=spf1 -all"],
                    SRV: [{ priority: 1, weight: 2, port: 3, target: "sip.acme.example" }],
                    CAA: [{ flags: 128, tag: "issue", value: "letsencrypt.org" }],
                },
            ],
            ["www.acme.example", "shop.acme.example"],
            ["shop.acme.example", "acme.example"],
            ["a.loop.example", "b.loop.example"],
            ["b.loop.example", "a.loop.example"],
            ["broken.acme.example", "SERVFAIL"],
            ["silent.acme.example", "SILENT"],
            ["half.acme.example", "broken.acme.example"],
        ]);
        server = await startDns(names);
        dns = new Dns([server.address]);
    });
    after(() => server.close());

    it("gives every type of record, as a zone shows it", async () => {
        const ask = async (type: Parameters<Dns["ask"]>[0]) => (await dns.ask(type, "acme.example")).records;
        assert.deepEqual(await ask("A"), ["192.0.2.1", "192.0.2.2"], "sorted");
        assert.deepEqual(await ask("AAAA"), ["2001:db8::1"]);
        assert.deepEqual(await ask("NS"), ["ns1.acme.example"]);
        assert.deepEqual(await ask("MX"), [{ preference: 10, exchange: "mail.acme.example" }]);
        assert.deepEqual(await ask("TXT"), ["v=spf1 -all"]);
        assert.deepEqual(await ask("SRV"), [{ priority: 1, weight: 2, port: 3, target: "sip.acme.example" }]);
        assert.deepEqual(await ask("CAA"), [{ flags: 128, tag: "issue", value: "letsencrypt.org" }]);
    });

    it("follows aliases, and not for ever", async () => {
        assert.deepEqual(await dns.aliases("www.acme.example"), { records: ["shop.acme.example", "acme.example"] });
        assert.deepEqual(await dns.addresses("www.acme.example"), { records: ["192.0.2.1", "192.0.2.2"] });
        assert.deepEqual(await dns.aliases("a.loop.example"), { records: ["b.loop.example", "a.loop.example"] });
    });

    it("tells that there is none from that nobody knows", async () => {
        assert.deepEqual(await dns.addresses("nothing.acme.example"), { records: [] });
        assert.deepEqual(await dns.ask("CNAME", "acme.example"), { records: [] });
        assert.deepEqual(await dns.addresses("broken.acme.example"), {
            records: [],
            failure: "the DNS servers failed (SERVFAIL)",
        });
        assert.deepEqual(await dns.aliases("half.acme.example"), {
            records: ["broken.acme.example"],
            failure: "the DNS servers failed (SERVFAIL)",
        });
        assert.deepEqual(await dns.addresses("silent.acme.example"), {
            records: [],
            failure: "the DNS servers did not answer in time",
        });
        assert.deepEqual(await new Dns(["127.0.0.1:9"]).addresses("acme.example"), {
            records: [],
            failure: "no DNS server can be reached",
        });
    });

    it("remembers nothing: a change is seen at once", async () => {
        const names = new Map<string, DnsName>([["now.acme.example", { A: ["192.0.2.1"] }]]);
        const other = await startDns(names);
        try {
            const fresh = new Dns([other.address]);
            assert.deepEqual((await fresh.addresses("now.acme.example")).records, ["192.0.2.1"]);
            names.set("now.acme.example", { A: ["192.0.2.9"] });
            assert.deepEqual((await fresh.addresses("now.acme.example")).records, ["192.0.2.9"]);
        } finally {
            other.close();
        }
    });
});

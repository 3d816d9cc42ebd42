import assert from "node:assert/strict";
import { Dns } from "../../../client/dns/dns";
import { type DnsName, startDns, type TestDns } from "../../support/dns";

describe("the DNS that a preview asks", () => {
    const names = new Map<string, DnsName>();
    let server: TestDns;
    before(async () => {
        server = await startDns(names);
    });
    after(() => server.close());

    it("answers with records, tells none from nobody knows, and says why", async () => {
        names.set("a.example", {
            A: ["192.0.2.1"],
            AAAA: ["2001:db8::1"],
            CAA: [{ flags: 0, tag: "issue", value: "ca.example" }],
        });
        names.set("b.example", "a.example");
        names.set("broken.example", "SERVFAIL");
        const dns = new Dns([server.address]);
        assert.deepEqual(await dns.addresses("a.example"), { records: [{ address: "192.0.2.1", ttl: 60 }] });
        assert.deepEqual(await dns.ipv6("a.example"), { records: ["2001:db8::1"] });
        assert.deepEqual(await dns.aliases("b.example"), { records: ["a.example"] });
        assert.equal((await dns.caa("a.example")).records[0]?.issue, "ca.example");
        assert.deepEqual(await dns.aliases("missing.example"), { records: [], failure: undefined });
        assert.match((await dns.aliases("broken.example")).failure ?? "", /the DNS servers failed/);
        assert.match(
            (await new Dns(["127.0.0.1:9"]).aliases("a.example")).failure ?? "",
            /no DNS server can be reached/,
        );
    });

    it("that is silent about two names is not asked about a third; about one name, others still are", async function () {
        this.timeout(60_000);
        for (const name of ["s1.example", "s2.example"]) names.set(name, "SILENT");
        const dns = new Dns([server.address]);
        assert.match((await dns.aliases("s1.example")).failure ?? "", /did not answer in time/);
        assert.deepEqual((await dns.aliases("b.example")).records, ["a.example"]);
        await Promise.all([dns.aliases("s1.example"), dns.aliases("s2.example")]);
        const before = server.asked.length;
        assert.match((await dns.aliases("b.example")).failure ?? "", /did not answer in time/);
        assert.equal(server.asked.length, before);
    });
});

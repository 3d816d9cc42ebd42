import assert from "node:assert/strict";
import { dnsRecordFor } from "section-model";
import { Dns } from "../../../client/dns/dns";
import { judgeName } from "../../../client/dns/finding";
import { viewName } from "../../../client/dns/name-view";
import { type DnsName, startDns, type TestDns } from "../../support/dns";

const hostname = "www.acme.example";
const target = `${hostname}.c.section.io`;
const edge = "198.51.100.7";

describe("what is found of a hostname in the DNS", () => {
    const names = new Map<string, DnsName>();
    let server: TestDns;
    before(async () => {
        server = await startDns(names);
    });
    after(() => server.close());
    beforeEach(() => {
        names.clear();
        names.set(target, { A: [edge] });
        names.set("acme.example.c.section.io", { A: [edge] });
    });

    async function judge(name = hostname, isIssued = true) {
        const record = dnsRecordFor(name);
        return judgeName(record, await viewName(new Dns([server.address]), record), isIssued);
    }

    it("nothing: the record is to be added", async () => {
        assert.deepEqual(await judge(), [
            {
                record: "CNAME",
                found: "nothing",
                expected: `CNAME ${target}`,
                fix: `add the record ${hostname} CNAME ${target}`,
            },
        ]);
        assert.equal(
            (await judge("acme.example"))[0]?.fix,
            "add the record acme.example ALIAS acme.example.c.section.io",
        );
    });

    it("the alias, also behind another one: nothing is to be done", async () => {
        names.set(hostname, target);
        assert.deepEqual(await judge(), [{ record: "CNAME", found: `CNAME ${target}`, expected: `CNAME ${target}` }]);
        names.set(hostname, "between.example");
        names.set("between.example", target.toUpperCase());
        assert.equal((await judge())[0]?.fix, undefined);
    });

    it("the platform's addresses, as at an apex: nothing is to be done; one of others among them: it is", async () => {
        names.set("acme.example", { A: [edge] });
        assert.deepEqual(await judge("acme.example"), [
            { record: "ALIAS", expected: "ALIAS acme.example.c.section.io", found: `A ${edge}, which is the platform` },
        ]);
        names.set("acme.example", { A: [edge, "192.0.2.1"] });
        assert.match(
            (await judge("acme.example"))[0]?.fix ?? "",
            /^replace the records of acme\.example with the record ALIAS/,
        );
    });

    it("another alias or address: it is to be changed, and a long time to live is said", async () => {
        names.set(hostname, "old.cdn.example");
        names.set("old.cdn.example", { A: ["192.0.2.9"], AAAA: ["2001:db8::9"] });
        const [finding, ...others] = await judge();
        assert.deepEqual(
            [finding?.found, finding?.fix],
            ["CNAME old.cdn.example", `change the CNAME of ${hostname} to ${target}`],
        );
        assert.deepEqual(others, [], "the AAAA is the other alias's");
        const view = {
            aliases: { records: [] },
            addresses: { records: [{ address: "192.0.2.1", ttl: 86_400 }] },
            ipv6: { records: [] },
            edge: { records: [] },
            caa: { records: [], at: hostname },
        };
        const fix = judgeName(dnsRecordFor(hostname), view, true)[0]?.fix;
        assert.match(
            fix ?? "",
            /^replace the records of www\.acme\.example with the record CNAME .*keep the present record for up to 24 hours, so lower its time to live first$/,
        );
    });

    it("an AAAA that was left behind: it is to be removed", async () => {
        names.set("acme.example", { A: [edge], AAAA: ["2001:db8::1"] });
        const [, ipv6] = await judge("acme.example");
        assert.deepEqual([ipv6?.record, ipv6?.found, ipv6?.expected], ["AAAA", "AAAA 2001:db8::1", "none"]);
        assert.match(ipv6?.fix ?? "", /remove the AAAA records of acme\.example/);
    });

    it("a CAA above it that forbids the platform's authority: it is to be added, unless nothing is issued", async () => {
        names.set(hostname, target);
        names.set("acme.example", { CAA: [{ flags: 0, tag: "issue", value: "other-ca.example; account=1" }] });
        const [, caa] = await judge();
        assert.deepEqual(
            [caa?.found, caa?.expected],
            ['acme.example CAA issue "other-ca.example"', 'also 0 issue "letsencrypt.org"'],
        );
        assert.match(caa?.fix ?? "", /^add the record acme\.example CAA 0 issue "letsencrypt\.org"/);
        assert.equal((await judge(hostname, false)).length, 1);
        names.set("acme.example", { CAA: [{ flags: 0, tag: "issue", value: ";" }] });
        assert.equal((await judge())[1]?.found, 'acme.example CAA issue ";"');
        names.set("acme.example", {
            CAA: [{ flags: 0, tag: "issue", value: "LetsEncrypt.org;validationmethods=http-01" }],
        });
        assert.equal((await judge()).length, 1);
        names.set("acme.example", { CAA: [{ flags: 0, tag: "iodef", value: "mailto:a@acme.example" }] });
        assert.equal((await judge()).length, 1, "nobody is named, so everybody may");
    });

    it("a CAA of what an alias leads to now: it goes with the alias, the one above it counts", async () => {
        names.set(hostname, "old.cdn.example");
        names.set("old.cdn.example", { CAA: [{ flags: 0, tag: "issue", value: "cdn-ca.example" }] });
        assert.equal((await judge()).length, 1);
        names.set("acme.example", { CAA: [{ flags: 0, tag: "issue", value: "other-ca.example" }] });
        assert.match((await judge())[1]?.fix ?? "", /^add the record acme\.example CAA/);
    });

    it("a DNS that does not say: that, once, and nothing to do", async () => {
        names.set(hostname, "SERVFAIL");
        assert.deepEqual(await judge(), [
            {
                record: "CNAME",
                expected: `CNAME ${target}`,
                found: "could not be checked: the DNS servers failed",
            },
        ]);
    });
});

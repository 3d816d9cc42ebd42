import assert from "node:assert/strict";
import { dnsRecordFor } from "section-model";
import { describeDns, tellDns } from "../../../../provider/nouns/domain/dns-preflight";
import { startDns } from "../../../support/dns";
import { openTestSession } from "../../../support/provider";

describe("the DNS lines of a preview", () => {
    it("say found, expected and fix for each record, once for each hostname in a run", async () => {
        const dns = await startDns(new Map([["www.acme.example", { A: ["192.0.2.1"], AAAA: ["2001:db8::1"] }]]));
        try {
            const session = await openTestSession({ resolvers: [dns.address] });
            const record = dnsRecordFor("www.acme.example");
            await tellDns(session, record, true);
            await tellDns(session, record, true);
            assert.equal(session.told.length, 2);
            const [cname, aaaa] = session.told;
            assert.match(
                cname ?? "",
                /^www\.acme\.example CNAME: found A 192\.0\.2\.1; expected CNAME www\.acme\.example\.c\.section\.io; fix: replace the records/,
            );
            assert.match(aaaa ?? "", /^www\.acme\.example AAAA: found AAAA 2001:db8::1; expected none; fix: remove/);
        } finally {
            dns.close();
        }
    });

    it("are none where the settings say not to ask", async () => {
        assert.deepEqual(
            await describeDns(await openTestSession({ resolvers: [] }), dnsRecordFor("www.acme.example"), true),
            [],
        );
    });
});

import assert from "node:assert/strict";
import { commonNames } from "../../../platform/catalogue/common-records";
import { Dns } from "../../../platform/dns/dns";
import { importZone } from "../../../platform/service/zone-import";
import { type DnsName, startDns } from "../../support/dns";

async function imported(names: [string, DnsName][], further: string[] = []) {
    const dns = await startDns(new Map(names));
    try {
        const { records, missed } = await importZone(new Dns([dns.address]), "acme.example", further);
        const lines = records.map(
            ({ name, type, data }) =>
                `${name} ${type} ${data.map((item) => (typeof item === "string" ? item : JSON.stringify(item)))}`,
        );
        return { lines: lines.sort(), missed, asked: dns.asked };
    } finally {
        dns.close();
    }
}

describe("the copy of a zone", () => {
    it("has what common names have, of every type, and what it is told to look for", async () => {
        const { lines, missed, asked } = await imported(
            [
                [
                    "acme.example",
                    {
                        A: ["192.0.2.1"],
                        MX: [{ preference: 10, exchange: "mail.acme.example" }],
                        CAA: [{ flags: 0, tag: "issue", value: "x.example" }],
                    },
                ],
                ["www.acme.example", "acme.example"],
                ["mail.acme.example", { A: ["192.0.2.2"], AAAA: ["2001:db8::2"] }],
                ["_dmarc.acme.example", { TXT: ["v=DMARC1"] }],
                ["selector1._domainkey.acme.example", "selector1.mailer.example"],
                [
                    "_sip._tls.acme.example",
                    { SRV: [{ priority: 1, weight: 2, port: 443, target: "sip.acme.example" }] },
                ],
                ["unusual.acme.example", { A: ["192.0.2.3"] }],
                ["secret.acme.example", { A: ["192.0.2.4"] }],
            ],
            ["unusual.acme.example"],
        );
        assert.deepEqual(missed, []);
        assert.deepEqual(lines, [
            "_dmarc.acme.example TXT v=DMARC1",
            '_sip._tls.acme.example SRV {"priority":1,"weight":2,"port":443,"target":"sip.acme.example"}',
            "acme.example A 192.0.2.1",
            'acme.example CAA {"flags":0,"tag":"issue","value":"x.example"}',
            'acme.example MX {"preference":10,"exchange":"mail.acme.example"}',
            "mail.acme.example A 192.0.2.2",
            "mail.acme.example AAAA 2001:db8::2",
            "selector1._domainkey.acme.example CNAME selector1.mailer.example",
            "unusual.acme.example A 192.0.2.3",
            "www.acme.example CNAME acme.example",
        ]);
        assert.ok(asked.length < 6 * (commonNames.size + 3), "and asks for nothing else");
    });

    it("names what it could not copy", async () => {
        const { lines, missed } = await imported([
            ["acme.example", { A: ["192.0.2.1"], TXT: ["bücher"] }],
            ["www.acme.example", "SERVFAIL"],
        ]);
        assert.deepEqual(lines, ["acme.example A 192.0.2.1"]);
        assert.deepEqual(
            missed.map(({ name, type }) => `${type} ${name}`),
            ["TXT acme.example", "CNAME www.acme.example"],
        );
    });

    it("gives up at once where nobody answers", async () => {
        const begun = Date.now();
        const { lines, missed, asked } = await imported([["acme.example", "SILENT"]]);
        assert.deepEqual(
            [lines, missed],
            [[], [{ name: "acme.example", type: "ANY", reason: "the DNS servers did not answer in time" }]],
        );
        assert.ok(asked.length <= 4 && Date.now() - begun < 15_000);
    });
});

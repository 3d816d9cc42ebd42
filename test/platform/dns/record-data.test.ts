import assert from "node:assert/strict";
import fc from "fast-check";
import { type RecordType, recordDataSchema, recordTypes } from "../../../platform/dns/record-data";

const parse = (type: RecordType, ...items: unknown[]) => recordDataSchema(type).parse(items);
const refusal = (type: RecordType, items: unknown) =>
    recordDataSchema(type).safeParse(items).error?.issues[0]?.message ?? "accepted";

describe("record data", () => {
    it("has one form, as text or in parts", () => {
        assert.deepEqual(parse("A", "192.0.2.1", "192.0.2.2", "192.0.2.1"), ["192.0.2.1", "192.0.2.2"]);
        assert.deepEqual(parse("AAAA", "2001:DB8:0:0::1"), ["2001:db8::1"]);
        assert.deepEqual(parse("CNAME", "Www.Acme.Example."), ["www.acme.example"]);
        const mail = { preference: 10, exchange: "mail.acme.example" };
        assert.deepEqual(
            parse("MX", "10 mail.acme.example.", mail, { preference: "10", exchange: "MAIL.acme.example" }),
            [mail],
        );
        assert.deepEqual(parse("MX", "0 ."), [{ preference: 0, exchange: "." }]);
        assert.deepEqual(parse("SRV", "10 5 5060 sip.acme.example"), [
            { priority: 10, weight: 5, port: 5060, target: "sip.acme.example" },
        ]);
        assert.deepEqual(parse("CAA", '0 issue "letsencrypt.org"'), [
            { flags: 0, tag: "issue", value: "letsencrypt.org" },
        ]);
        assert.deepEqual(parse("TXT", "v=spf1 -all", '"v=spf1 " "-all"', '"say \\"hi\\""'), [
            "v=spf1 -all",
            'say "hi"',
        ]);
    });

    it("is refused with the reason", () => {
        assert.match(refusal("A", ["acme.example"]), /must be an IPv4 address/);
        assert.match(refusal("A", ["2001:db8::1"]), /must be an IPv4 address/);
        assert.match(refusal("AAAA", ["192.0.2.1"]), /must be an IPv6 address/);
        assert.match(refusal("CNAME", ["a.example", "b.example"]), /more than one target/);
        assert.match(refusal("ALIAS", ["192.0.2.1"]), /must be a name/);
        assert.match(refusal("MX", ["mail.acme.example"]), /such as "10 mail\.acme\.example"/);
        assert.match(refusal("MX", ["70000 mail.acme.example"]), /from 0 to 65535/);
        assert.match(refusal("MX", [{ preference: null, exchange: "mail.acme.example" }]), /whole number/);
        assert.match(refusal("SRV", [{ priority: 1, weight: 1, port: 1, target: "a.example", extra: 1 }]), /extra/);
        assert.match(refusal("CAA", ["0 allow letsencrypt.org"]), /issuewild/);
        assert.match(refusal("TXT", ["bücher"]), /ASCII/);
        assert.match(refusal("TXT", ['"\\"a\\""']), /quoted twice/);
        assert.match(refusal("TXT", [""]), /1 to 4096/);
        assert.match(refusal("TXT", []), /is empty/);
        assert.match(refusal("A", "192.0.2.1"), /must be a list/);
    });

    it("is stable: what was accepted is accepted again, as it is", () => {
        const word = fc.constantFrom(
            "10",
            "0",
            "70000",
            "issue",
            "mail.acme.example",
            ".",
            "192.0.2.1",
            "2001:db8::1",
            '"a b"',
            "-1",
            "x",
        );
        const item = fc.oneof(
            fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" ")),
            fc.anything(),
            fc.string(),
            fc.ipV4(),
            fc.ipV6(),
            fc.domain(),
            fc.record({ preference: fc.nat(80_000), exchange: fc.domain() }),
        );
        let accepted = 0;
        fc.assert(
            fc.property(fc.constantFrom(...recordTypes), fc.array(item, { maxLength: 3 }), (type, items) => {
                const { data } = recordDataSchema(type).safeParse(items);
                if (data === undefined) return;
                accepted += 1;
                assert.deepEqual(
                    parse(type, ...JSON.parse(JSON.stringify(data))),
                    data,
                    "also after a way through JSON",
                );
            }),
            { numRuns: 5000 },
        );
        assert.ok(accepted > 300, `${accepted} accepted`);
    });
});

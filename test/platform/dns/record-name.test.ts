import assert from "node:assert/strict";
import fc from "fast-check";
import { isWithin } from "section-model";
import { recordNameSchema, recordTargetSchema } from "../../../platform/dns/record-name";

const zone = "acme.example";
const name = (text: string) => recordNameSchema(zone).parse(text);
const refusal = (text: string) => recordNameSchema(zone).safeParse(text).error?.issues[0]?.message ?? "accepted";

describe("record name", () => {
    it("is one full name, however it is written", () => {
        for (const text of ["", "@", zone, "ACME.example.", " @ "])
            assert.equal(name(text), zone, JSON.stringify(text));
        for (const text of ["www", "WWW", "www.acme.example", "www.acme.example."])
            assert.equal(name(text), "www.acme.example", text);
        assert.equal(name("_dmarc"), "_dmarc.acme.example");
        assert.equal(name("*"), "*.acme.example");
        assert.equal(name("bücher"), "xn--bcher-kva.acme.example");
        assert.equal(
            name("xacme.example"),
            "xacme.example.acme.example",
            "the end of a label is not the end of a name",
        );
    });

    it("is refused with the reason", () => {
        assert.match(refusal("www.other.example."), /is not in zone acme\.example/);
        assert.match(refusal("a.*"), /wildcard inside/);
        assert.match(refusal("a..b"), /has the label ""/);
        assert.match(refusal("a b"), /has the label "a b"/);
        assert.match(refusal("a/../b"), /has the label/);
        assert.match(refusal(`${"a".repeat(63)}.`.repeat(4)), /is not in zone/);
        assert.match(refusal(`${"a".repeat(63)}.`.repeat(4).slice(0, -1)), /longer than 253/);
    });

    it("is stable and always in its zone", () => {
        const label = fc.oneof(
            fc.stringMatching(/^[a-zA-Z0-9_-]{0,8}$/),
            fc.constantFrom("*", "@", "", "ü", "a b", "acme", "example"),
        );
        const text = fc.oneof(
            fc.array(label, { maxLength: 5 }).map((labels) => labels.join(".")),
            fc.string({ maxLength: 16 }),
        );
        let accepted = 0;
        fc.assert(
            fc.property(text, fc.constantFrom("", ".", ".acme.example", ".acme.example."), (labels, end) => {
                const { data } = recordNameSchema(zone).safeParse(labels + end);
                if (data === undefined) return;
                accepted += 1;
                assert.ok(isWithin(data, zone));
                assert.equal(name(data), data);
                assert.equal(name(`${data}.`), data);
            }),
            { numRuns: 3000 },
        );
        assert.ok(accepted > 300, `${accepted} accepted`);
    });

    it("of a target is full, and neither an address nor a wildcard", () => {
        assert.equal(recordTargetSchema.parse("Mail.Acme.Example."), "mail.acme.example");
        for (const text of ["mail", "192.0.2.1", "*.acme.example", "", ".", "a..b"])
            assert.equal(recordTargetSchema.safeParse(text).success, false, text);
    });
});

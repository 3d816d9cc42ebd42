import assert from "node:assert/strict";
import { adviseOn, dnsRecordFor } from "section-model";

describe("dns-advice", () => {
    it("names zone and host as a provider's form wants them, and adds to the record what has to be known", () => {
        const record = dnsRecordFor("shop.eu.acme.co.uk", "edge.example");
        const { zone, host, line, alternatives, notes, ...rest } = adviseOn(record);
        const { notes: _, ...same } = record;
        assert.deepEqual(rest, same);
        assert.deepEqual([zone, host, alternatives], ["acme.co.uk", "shop.eu", []]);
        assert.equal(
            line,
            "shop.eu 300 IN CNAME shop.eu.acme.co.uk.edge.example.",
            "the dot ends a name that has its zone",
        );
        for (const word of ["time to live", "AAAA", 'CAA records.*0 issue "letsencrypt.org"', "Keep the CNAME"])
            assert.match(notes.join("\n"), new RegExp(word));
    });

    it("has other ways at the apex only, where providers differ", () => {
        const { host, type, line, alternatives, notes } = adviseOn(dnsRecordFor("acme.example"));
        assert.deepEqual([host, type, line], ["@", "ALIAS", "@ 300 IN ALIAS acme.example.c.section.io."]);
        assert.deepEqual(
            alternatives.map((each) => each.type),
            ["ANAME", "redirect", "hosted zone"],
        );
        assert.match(alternatives[1]?.advice ?? "", /www\.acme\.example/);
        assert.match(notes[0] ?? "", /apex of zone acme\.example/);
    });

    it("is the same for a record that an old state remembers", () => {
        const record = dnsRecordFor("acme.example");
        assert.deepEqual(adviseOn({ ...record, notes: ["as 0.1.0 said it"] }), adviseOn(record));
    });
});

import assert from "node:assert/strict";
import { cnameTarget, dnsRecordFor } from "section-model";

describe("dns-record", () => {
    it("is a CNAME to the platform for a name below the apex", () => {
        const { notes, ...record } = dnsRecordFor("www.acme.example");
        assert.deepEqual(record, {
            type: "CNAME",
            name: "www.acme.example",
            value: "www.acme.example.c.section.io",
            ttl: 300,
            apex: false,
        });
        assert.ok(notes.some((note) => note.includes("AAAA")));
    });

    it("is an ALIAS at the apex, and says why", () => {
        const record = dnsRecordFor("acme.co.uk", "edge.example");
        assert.deepEqual([record.type, record.apex, record.value], ["ALIAS", true, "acme.co.uk.edge.example"]);
        assert.match(record.notes[0] ?? "", /apex of zone acme.co.uk.*CNAME is not allowed/);
    });

    it("takes the edge domain of the endpoint", () => {
        assert.equal(cnameTarget("a.example", "edge.test"), "a.example.edge.test");
    });
});

import assert from "node:assert/strict";
import { cnameTarget, edgeDomainOf, hostnameSchema, isApex, normaliseHostname, zoneName } from "section-model";

describe("hostname", () => {
    it("has one spelling", () => {
        assert.equal(normaliseHostname(" WWW.Bücher.Example. "), "www.xn--bcher-kva.example");
        assert.equal(hostnameSchema.parse("WWW.Acme.Example."), "www.acme.example");
    });

    for (const [text, reason] of [
        ["https://www.acme.example/x", /must not have a scheme; write "www.acme.example"/],
        ["www.acme.example/path", /must not have a path; write "www.acme.example"/],
        ["www.acme.example:8080", /must not have a port/],
        ["*.acme.example", /wildcard/],
        ["acme", /has no dot/],
        ["co.uk", /public suffix/],
        ["192.0.2.1", /is read as an IP address/],
        ["127.1", /is read as an IP address/],
        ["0x7f.1", /is read as an IP address/],
        ["127.0x1", /is read as an IP address/],
        ["shop.0X", /is read as an IP address/],
        ["www.acme.2130706433", /is read as an IP address/],
        ["2130706433", /has no dot/],
        ["xn--a.example", /label "xn--a", which stands for no name/],
        ["www.xn--a", /label "xn--a"/],
        ["XN--99999999.acme.example", /label "xn--99999999"/],
        ["xn--.acme.example", /label "xn--"/],
        ["a..example", /label ""/],
        [`${"a".repeat(64)}.example`, /labels are 1 to 63/],
        ["", /is empty/],
        ["shop.\nacme.example", /label "\\nacme"/],
        ["shop\t.acme.example", /label "shop\\t"/],
        ["bücher\n.example", /label "bücher\\n"/],
        ["bücher.example/shop", /must not have a path/],
    ] as const) {
        it(`refuses ${JSON.stringify(text)} with the reason`, () => {
            const result = hostnameSchema.safeParse(text);
            assert.equal(result.success, false);
            assert.match(result.error?.issues[0]?.message ?? "", reason);
        });
    }

    it("may have digits in labels, and each IDN", () => {
        for (const name of [
            "1.acme.example",
            "0x7f.acme.example",
            "a1.b2",
            "xn--bcher-kva.example",
            "www.xn--p1ai",
            "xn--80ak6aa92e.example",
            "xn--n3h.example",
            "xn--fa-hia.example",
        ])
            assert.equal(hostnameSchema.parse(name), name);
    });

    it("finds the zone by the public suffix list", () => {
        assert.equal(zoneName("shop.acme.co.uk"), "acme.co.uk");
        assert.equal(zoneName("www.test.com"), "test.com");
        assert.equal(isApex("acme.co.uk"), true);
        assert.equal(isApex("shop.acme.co.uk"), false);
    });

    it("and its target show the edge domain", () => {
        assert.equal(
            edgeDomainOf("www.acme.example", cnameTarget("www.acme.example", "edge.agency.example")),
            "edge.agency.example",
        );
        assert.equal(edgeDomainOf("www.acme.example", "www.acme.example"), undefined);
        assert.equal(edgeDomainOf("acme.example", "www.acme.example.c.section.io"), undefined);
    });
});

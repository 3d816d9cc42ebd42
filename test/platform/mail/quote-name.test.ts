import assert from "node:assert/strict";
import fc from "fast-check";
import { quoteAddress, quoteName } from "../../../platform/mail/quote-name";

describe("a name in a mail to somebody else", () => {
    it("stays as people write names", () => {
        for (const name of ["Acme", "Müller & Söhne GmbH", "J.R.R. Tolkien", "St. Mary's", "東京支社", "Acme, Inc."])
            assert.equal(quoteName(name), name);
    });

    it("has no address that a mail program makes a link of", () => {
        assert.deepEqual(
            [
                "Cheap pills at https://pills.example/buy?a=b.c now",
                "www.acme.example",
                "write to buy@pills.example",
                "hxxp://pills。example",
                "HTTP:\\\\pills.example",
            ].map(quoteName),
            [
                "Cheap pills at pills·example/buy?a=b.c now",
                "www·acme·example",
                "write to buy@pills·example",
                "pills·example",
                "HTTP:\\\\pills·example",
            ],
        );
    });

    it("is one line without anything that cannot be seen, and short", () => {
        assert.equal(quoteName("Acme\r\nBcc: a\u2028b\t\u0000c"), "Acme Bcc: a b c");
        assert.equal(quoteName("evil\u202egnp.exe\u2066\u200b\ufeff"), "evilgnp·exe");
        assert.equal([...quoteName("😀".repeat(300))].length, 61);
        fc.assert(
            fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
                const name = quoteName(text);
                assert.ok([...name].length <= 61);
                assert.doesNotMatch(name, /[\p{C}\p{Zl}\p{Zp}\n\r]|:\/\/|\S\.[\p{L}\p{N}]{2}/u);
            }),
        );
    });

    it("of an address is the address, unless it looks like something else", () => {
        assert.equal(quoteAddress("jane.doe+x@agency.example"), "jane.doe+x@agency.example");
        assert.equal(quoteAddress("pills.example/buy@evil.example"), "pills·example/buy@evil·example");
    });
});

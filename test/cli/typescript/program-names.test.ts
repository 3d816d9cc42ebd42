import assert from "node:assert/strict";
import fc from "fast-check";
import { identifierOf, Names, slugOf } from "../../../cli/typescript/program-names";

describe("names of an exported program", () => {
    it("are readable", () => {
        assert.equal(slugOf('Bäckerei "Süß" & Söhne'), "backerei-suss-sohne");
        assert.equal(slugOf("../../etc"), "etc");
        assert.equal(slugOf("日本の店"), "client");
        assert.equal(identifierOf("www.acme-shop.example"), "wwwAcmeShopExample");
        assert.equal(identifierOf("1.example"), "site1Example");
    });

    it("are always a file name and an identifier", () => {
        fc.assert(
            fc.property(fc.string({ unit: "grapheme" }), (name) => {
                assert.match(slugOf(name), /^[a-z0-9]+(-[a-z0-9]+)*$/);
                assert.match(identifierOf(name), /^[A-Za-z][A-Za-z0-9]*$/);
            }),
        );
    });

    it("are given once, and those who came first keep theirs", () => {
        fc.assert(
            fc.property(
                fc.array(fc.constantFrom("Acme", "acme!", "Acme-2", "acme 2", "Acme-2-2", "Other"), { minLength: 1 }),
                (clients) => {
                    const give = (some: string[]) => {
                        const names = new Names();
                        return some.map((name, index) => names.take(slugOf(name), `-${index + 1}`));
                    };
                    const given = give(clients);
                    assert.equal(new Set(given).size, clients.length);
                    assert.deepEqual(give([...clients, "Acme"]).slice(0, -1), given);
                },
            ),
        );
        assert.equal(new Names(["section"]).take("section", "Site"), "sectionSite");
    });
});

import assert from "node:assert/strict";
import { clientKeyOf, clientKeySchema, stagingHostnameOf } from "../../../provider/agency/client-key";

describe("the key of a client", () => {
    it("follows from the name, and is one that may be declared", () => {
        const keys = [
            ["Acme Outdoor", "acme-outdoor"],
            ["  Bäckerei Lindqvist & Söhne!", "backerei-lindqvist-sohne"],
            ["東京デパート", "東京テハート"],
            ["--a/b--", "a-b"],
            ["!!", ""],
        ] as const;
        for (const [name, key] of keys) {
            assert.equal(clientKeyOf(name), key);
            assert.equal(clientKeySchema.safeParse(clientKeyOf(name)).success, key !== "");
        }
    });

    it("has nothing in it that separates names", () => {
        for (const key of ["", "a/b", "-a", "a b", "a::b", "x".repeat(101)])
            assert.equal(clientKeySchema.safeParse(key).success, false, key);
        for (const key of ["acme", "Acme_2.de", "é", "x".repeat(100)])
            assert.equal(clientKeySchema.safeParse(key).success, true, key);
    });
});

describe("the hostname of staging", () => {
    it("stays in the zone of the site", () => {
        assert.equal(stagingHostnameOf("www.acme.example"), "staging-www.acme.example");
        assert.equal(stagingHostnameOf("acme.co.uk"), "staging.acme.co.uk");
    });
});

import assert from "node:assert/strict";
import {
    applicationSchema,
    issuesOf,
    organizationSchema,
    originInputSchema,
    originNameSchema,
    originSchema,
} from "section-model";

describe("origin", () => {
    it("takes an address alone", () => {
        assert.deepEqual(originInputSchema.parse("origin.acme.example"), { address: "origin.acme.example" });
    });

    it("has IDN as ASCII wherever it is declared, and leaves other texts alone; a file has ASCII only", () => {
        const ascii = "xn--bcher-kva.example";
        assert.deepEqual(originInputSchema.parse("Bücher.example"), { address: ascii });
        const origin = { address: "Origin.acme.example", hostHeader: "bücher.example", tlsName: "bücher.example" };
        assert.deepEqual(originInputSchema.parse(origin), { ...origin, hostHeader: ascii, tlsName: ascii });
        const site = { hostname: "www.acme.example", origin: "bücher.example" };
        assert.equal(applicationSchema.parse({ organization: "1", ...site }).origin, ascii);
        assert.equal(organizationSchema.parse({ name: "Acme", firstSite: site }).firstSite?.origin, ascii);
        for (const wrong of ["bücher.example/x", "bü cher.example", "http://bücher.example", ""])
            assert.equal(originInputSchema.safeParse(wrong).success, false, wrong);
        assert.equal(originSchema.safeParse({ address: "bücher.example" }).success, false);
    });

    it("names ports, seconds and addresses that are out of range", () => {
        const { error } = originInputSchema.safeParse({
            address: "http://origin",
            httpPort: 81,
            keepaliveSeconds: 241,
            upstreamResponseTimeoutSeconds: 0,
            removeRequestHeaders: [],
            hostheader: "x",
        });
        assert.deepEqual(
            issuesOf(error!)
                .map(({ property }) => property)
                .sort(),
            [
                "address",
                "hostheader",
                "httpPort",
                "keepaliveSeconds",
                "removeRequestHeaders",
                "upstreamResponseTimeoutSeconds",
            ],
        );
    });

    it("knows the grammar of alternate names", () => {
        assert.equal(originNameSchema.safeParse("static-1_b").success, true);
        assert.equal(originNameSchema.safeParse("a.b").success, false);
    });
});

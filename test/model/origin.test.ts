import assert from "node:assert/strict";
import { issuesOf, originInputSchema, originNameSchema } from "section-model";

describe("origin", () => {
    it("takes an address alone", () => {
        assert.deepEqual(originInputSchema.parse("origin.acme.example"), { address: "origin.acme.example" });
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

import assert from "node:assert/strict";
import { domainSchema } from "section-model";

describe("domain", () => {
    it("takes an environment id and a hostname", () => {
        assert.equal(domainSchema.parse({ environment: "1/2/Staging", hostname: "Shop.acme.example" }).hostname, "shop.acme.example");
    });

    it("refuses an id of another kind", () => {
        assert.equal(domainSchema.safeParse({ environment: "1/2", hostname: "shop.acme.example" }).success, false);
    });
});

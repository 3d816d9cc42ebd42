import assert from "node:assert/strict";
import { kindOfType, resourceTypeOf } from "../../model/resource-type";

describe("the engine's type of a resource", () => {
    it("names its class, by either way, and tells its kind", () => {
        assert.equal(resourceTypeOf("organization"), "pulumi-nodejs:dynamic/section:Organization");
        assert.equal(resourceTypeOf("guard", "plugin"), "section:index:Guard");
        assert.equal(kindOfType("pulumi-nodejs:dynamic/section:Team"), "team");
        assert.equal(kindOfType("section:index:Domain"), "domain");
        for (const other of ["section:index:Agency", "section:index:domain", "section:Domain", "aws:index:Domain"])
            assert.equal(kindOfType(other), undefined);
    });
});

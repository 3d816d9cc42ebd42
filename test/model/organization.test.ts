import assert from "node:assert/strict";
import { issuesOf, organizationSchema, stackNameSchema } from "section-model";

describe("organization", () => {
    it("trims the name and normalises the first site", () => {
        assert.deepEqual(organizationSchema.parse({ name: " Acme ", firstSite: { hostname: "WWW.Acme.Example" } }), {
            name: "Acme",
            firstSite: { hostname: "www.acme.example" },
        });
    });

    it("refuses an empty name, control characters and unknown properties", () => {
        const { error } = organizationSchema.safeParse({ name: "a\nb", owner: 1 });
        assert.deepEqual(
            issuesOf(error!).map(({ property }) => property),
            ["name", "owner"],
        );
        assert.equal(organizationSchema.safeParse({ name: "  " }).success, false);
    });

    it("knows stack names", () => {
        assert.equal(stackNameSchema.safeParse("varnish-6.3-basic").success, true);
        assert.equal(stackNameSchema.safeParse("../x").success, false);
    });
});

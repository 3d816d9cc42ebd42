import assert from "node:assert/strict";
import { naming } from "../../../policy/rules/naming";
import { unknownText, violationsOf } from "../../support/policy";

describe("the rule section-naming", () => {
    const all = [
        { type: "Organization", name: "Acme Ltd", props: { name: "acme" } },
        {
            type: "Environment",
            name: "agency/acme/www.acme.example/Staging",
            props: { name: "staging", hostname: "staging.acme.example" },
        },
        { type: "Domain", name: "shop", props: { hostname: "shop.acme.example" } },
        { type: "Domain", name: "later", props: { hostname: unknownText } },
        { type: "Membership", name: "agency/acme/jane@agency.example", props: {} },
    ];

    it("has patterns of its own for resources and environments", async () => {
        assert.deepEqual(await violationsOf(naming, all), [
            'Acme Ltd: The name of the resource "Acme Ltd" does not match ^[a-z0-9][\\w./@+-]*$.',
            'agency/acme/www.acme.example/Staging: The environment name "staging" does not match ^[A-Z][A-Za-z0-9]*$.',
        ]);
    });

    it("takes patterns for each kind of name; an empty one allows all", async () => {
        const config = { resources: "", environments: "", organizations: "^[A-Z]", hostnames: "^(www|staging)\\." };
        assert.deepEqual(await violationsOf(naming, all, config), [
            'Acme Ltd: The organization name "acme" does not match ^[A-Z].',
            'shop: The hostname "shop.acme.example" does not match ^(www|staging)\\..',
        ]);
    });

    it("names a pattern that is none", async () => {
        await assert.rejects(
            violationsOf(naming, all, { resources: "(" }),
            /resources of section-naming is not a regular expression: Invalid regular expression: \/\(\/.* Correct the policy configuration/,
        );
    });
});

import assert from "node:assert/strict";
import { productionProtected } from "../../../policy/rules/production-protected";
import { unknownText, violationsOf } from "../../support/policy";

describe("the rule section-production-protected", () => {
    const all = [
        { type: "Organization", name: "acme", props: { name: "Acme" } },
        { type: "Application", name: "www", props: { hostname: "www.acme.example" } },
        { type: "Application", name: "shop", props: { hostname: unknownText } },
        { type: "Application", name: "kept", props: { hostname: "kept.acme.example" }, protect: true },
        { type: "Environment", name: "live", props: { name: "Production" } },
        { type: "Environment", name: "staging", props: { name: "Staging" } },
    ];

    it("wants organizations and applications protected", async () => {
        assert.deepEqual(await violationsOf(productionProtected, all), [
            "acme: Organization Acme is not protected.",
            "www: Application www.acme.example is not protected.",
            "shop: Application shop is not protected.",
        ]);
    });

    it("wants other kinds when they are configured, of environments Production", async () => {
        assert.deepEqual(await violationsOf(productionProtected, all, { kinds: ["environment"] }), [
            "live: The environment live is not protected.",
        ]);
    });
});

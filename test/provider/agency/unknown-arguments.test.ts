import assert from "node:assert/strict";
import type { AgencyArgs } from "pulumi-section";
import { unknownOfAgency, unknownOfClientSite } from "../../../provider/agency/unknown-arguments";

describe("arguments that a component does not have", () => {
    it("are named with their place, whatever they are written in", () => {
        const sites = [{ hostname: "www.acme.example" }, { hostname: "shop.acme.example", stagin: {} }];
        const args = { clients: [{ name: "Acme", sites, peple: {} }], staf: {}, baseConfig: "./proxy" };
        assert.deepEqual(unknownOfAgency(args as unknown as AgencyArgs), [
            "staf: is not a known property; did you mean staff?",
            "clients[0].peple: is not a known property; did you mean people?",
            "clients[0].sites[1].stagin: is not a known property; did you mean staging?",
        ]);
    });

    it("are none of those that it has", () => {
        assert.deepEqual(unknownOfClientSite({ organization: "7", hostname: "www.acme.example" }), []);
    });
});

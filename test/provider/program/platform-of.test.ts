import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";
import { platformOf } from "../../../provider/program/platform-of";
import { mockEngine, settled } from "../../support/registered";

describe("the platform of a resource", () => {
    before(async () => void (await mockEngine()));
    const token = "x";

    it("is the endpoint of its provider or of its parent's, in one spelling, else that of the stack", async () => {
        const plain = new section.Provider("plain", { endpoint: "HTTPS://A.example/", token });
        const later = new section.Provider("later", { endpoint: pulumi.output("https://a.example"), token });
        const stacks = new section.Provider("stacks", { token });
        const parent = new pulumi.ComponentResource("x:index:Parent", "parent", {}, { providers: [plain] });
        assert.equal(platformOf({ provider: plain }), "https://a.example");
        assert.equal(platformOf({ parent }), "https://a.example");
        assert.equal(platformOf({ parent, provider: stacks }), platformOf({}));
        assert.equal(await settled(platformOf({ provider: later }) as pulumi.Output<string>), "https://a.example");
    });

    it("is the provider itself where that is of another class, and never one of another package", () => {
        class Own extends pulumi.ProviderResource {}
        const [own, cloud] = [new Own("pulumi-nodejs", "own"), new Own("cloud", "cloud")];
        assert.equal(platformOf({ provider: own }), own);
        assert.equal(platformOf({ provider: cloud }), platformOf());
    });
});

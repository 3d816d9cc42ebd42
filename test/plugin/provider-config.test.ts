import assert from "node:assert/strict";
import { isDefaultProvider, readSettings } from "pulumi-section/internal";
import { checkProviderConfig, readProviderConfig } from "../../plugin/provider-config";

const urnOf = (name: string) => `urn:pulumi:dev::agency::pulumi:providers:section::${name}`;

describe("settings of a provider", () => {
    it("of the stack give way to the environment, those that a program names do not", () => {
        const inputs = { endpoint: "https://one.example", token: "t", allowLiveDelete: true, maxDeletes: 5 };
        const environment = { SECTION_ENDPOINT: "https://two.example" };
        const ofStack = readSettings(readProviderConfig(urnOf("default"), inputs), environment);
        const explicit = readSettings(readProviderConfig(urnOf("theirs"), inputs), environment);
        assert.equal(ofStack.endpoint, "https://two.example");
        assert.equal(explicit.endpoint, "https://one.example");
        assert.deepEqual([explicit.allowLiveDelete, explicit.maxDeletes, explicit.token], [true, 5, "t"]);
    });

    it("are known by name; a stack config has keys of the program too", () => {
        assert.deepEqual(checkProviderConfig(urnOf("theirs"), { endpoint: "x", version: "1.0.0", token: "t" }), []);
        const [wrong] = checkProviderConfig(urnOf("theirs"), { endpont: "x" });
        assert.deepEqual(wrong, { property: "endpont", reason: "is not a known property; did you mean endpoint?" });
        assert.deepEqual(checkProviderConfig(urnOf("default_0_1_0"), { clients: "x" }), []);
        assert.deepEqual(
            ["default", "default_0_1_0", "defaults", "theirs"].map((name) => isDefaultProvider(urnOf(name))),
            [true, true, false, false],
        );
    });
});

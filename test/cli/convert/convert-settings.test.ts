import assert from "node:assert/strict";
import { convertSettings, noteWay } from "../../../cli/convert/convert-settings";
import { cipher, otherConfig } from "../../support/random-state";

const providerOf = (type: string, name: string, inputs: Record<string, unknown>) => ({
    urn: `urn:pulumi:prod::agency::pulumi:providers:${type}::${name}`,
    type: `pulumi:providers:${type}`,
    inputs,
    outputs: inputs,
});
const both = (settings: Record<string, unknown> | undefined) => ({ inputs: settings, outputs: settings });
const token = cipher("v1:token");

describe("the settings of a provider that becomes one of the other package", () => {
    it("are those of the stack, without other namespaces and with them again", () => {
        const there = { endpoint: "https://one.example", plugin: "true", token };
        const back = {
            "agency:region": "eu",
            "aws:token": cipher("v1:aws"),
            "section:endpoint": "https://one.example",
            "section:token": token,
        };
        const settings = { others: otherConfig };
        assert.deepEqual(
            convertSettings(providerOf("pulumi-nodejs", "default", back), "plugin", { ...settings, way: "true" }),
            both(there),
        );
        assert.deepEqual(
            convertSettings(
                providerOf("section", "default_0_1_0", { ...there, version: "0.1.0", __internal: {} }),
                "dynamic",
                settings,
            ),
            both(back),
        );
        assert.deepEqual(
            convertSettings(providerOf("section", "default", there), "dynamic", { others: {}, way: "false" }),
            both({ "section:endpoint": "https://one.example", "section:plugin": "false", "section:token": token }),
        );
    });

    it("are those of a section.Provider, and nothing of the stack", () => {
        const back = { "section-provider:allowLiveDelete": "true", "section-provider:token": token };
        const there = { allowLiveDelete: "true", token };
        const settings = { others: otherConfig, way: "true" };
        assert.deepEqual(convertSettings(providerOf("pulumi-nodejs", "eu", back), "plugin", settings), both(there));
        assert.deepEqual(convertSettings(providerOf("section", "eu", there), "dynamic", settings), both(back));
        assert.deepEqual(convertSettings(providerOf("section", "eu", {}), "dynamic", settings), both(undefined));
    });

    it("of other packages' dynamic resources have the whole config, which has another way", () => {
        const provider = providerOf("pulumi-nodejs", "default", { "aws:region": "eu" });
        const noted = noteWay(provider, { way: "true", others: {} });
        assert.deepEqual(noted.inputs, { "aws:region": "eu", "section:plugin": "true" });
        assert.deepEqual(noteWay(noted, { others: {} }), provider);
    });
});

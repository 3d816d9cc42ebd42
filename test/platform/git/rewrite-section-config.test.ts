import assert from "node:assert/strict";
import { rewriteSectionConfig } from "../../../platform/git/rewrite-section-config";

describe("a rewrite of section.config.json", () => {
    it("is none when it changes nothing", () => {
        const text = Buffer.from('{"proxychain":[],\n"environments":{}}');
        assert.equal(
            rewriteSectionConfig(text, () => {}),
            undefined,
        );
        assert.equal(
            rewriteSectionConfig(text, ({ environments }) => void Object.assign(environments, { X: {} }))
                ?.get("section.config.json")
                ?.toString(),
            '{\n    "proxychain": [],\n    "environments": {\n        "X": {}\n    }\n}',
        );
    });
});

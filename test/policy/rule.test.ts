import assert from "node:assert/strict";
import { sectionPolicies } from "pulumi-section-policy";
import { defineRule } from "../../policy/rule";
import { violationsOf } from "../support/policy";

const rule = defineRule<{ words: string[] }>(
    {
        name: "section-words",
        description: "Names have words.",
        level: "advisory",
        config: { words: { type: "array", items: { type: "string" }, default: ["site"], description: "Words" } },
    },
    {
        resource: (resource, report, { words }) => {
            if (!words.some((word) => resource.name.includes(word)))
                report(resource, { finding: `${resource.name} has none`, why: "it must", fix: "rename it" });
        },
    },
);
const named = (...names: string[]) => names.map((name) => ({ type: "Organization", name, props: {} }));

describe("a rule", () => {
    it("says what, why, how to fix it and how to allow it", async () => {
        assert.deepEqual(await violationsOf(rule, named("acme"), {}, true), [
            'acme has none.\nWhy: it must.\nFix: rename it.\nAllow: {"section-words":{"except":["acme"]}} in the policy configuration.',
        ]);
    });

    it("has its defaults where nothing is configured, and leaves alone what is excepted", async () => {
        assert.deepEqual(await violationsOf(rule, named("acme-site")), []);
        assert.deepEqual(await violationsOf(rule, named("acme-site"), { words: ["shop"] }), [
            "acme-site: acme-site has none.",
        ]);
        assert.deepEqual(
            await violationsOf(rule, named("acme", "a.b", "aXb", "demo-1"), { except: ["a.b", "demo-*", "acm"] }),
            ["acme: acme has none.", "aXb: aXb has none."],
        );
        assert.deepEqual(await violationsOf(rule, [{ type: "other:index:Box", name: "box", props: {} }]), []);
    });

    it("refuses a setting that it does not have, and names the nearest", async () => {
        await assert.rejects(
            violationsOf(rule, named("acme"), { wrods: [] }),
            /section-words has no setting wrods, perhaps it is words\. Correct/,
        );
    });

    it("of the pack has a name, a sentence, a level, and settings with type, default and description", () => {
        assert.equal(new Set(sectionPolicies.map(({ name }) => name)).size, sectionPolicies.length);
        assert.ok(sectionPolicies.length >= 6);
        for (const { name, description, enforcementLevel, configSchema } of sectionPolicies) {
            assert.match(name, /^section-[a-z-]+$/);
            assert.match(description, /^[A-Z].*\.$/);
            assert.match(enforcementLevel, /^(mandatory|advisory)$/);
            for (const [key, setting] of Object.entries(configSchema.properties))
                assert.ok(setting.type && setting.default !== undefined && setting.description, `${name} ${key}`);
            assert.ok("except" in configSchema.properties, name);
        }
    });
});

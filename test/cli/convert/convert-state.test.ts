import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { type Conversion, convertState } from "../../../cli/convert/convert-state";
import { type RecordedResource, readStateDocument, writeStateDocument } from "../../../cli/convert/state-document";
import type { Way } from "../../../provider/run/resource-kind";
import { seed } from "../../support/choices";
import { history, otherConfig, stateAfter } from "../../support/random-state";

const ways = { plugin: "true", dynamic: undefined } as const;

function convert(text: string, way: Way, others: Record<string, unknown> = otherConfig): Conversion {
    let made = 0;
    const settings = { way: ways[way], others };
    return convertState(readStateDocument(text), way, settings, () => `made-${++made}`);
}

const textOf = ({ document }: Conversion) => writeStateDocument(document);
const resourcesOf = (text: string) => readStateDocument(text).deployment?.resources ?? [];

/** Every URN that a resource names outside of its properties. */
function namedBy({ urn, aliases, inputs, outputs, provider, ...fields }: RecordedResource & { aliases?: string[] }) {
    return [...JSON.stringify(fields).matchAll(/"(urn:pulumi:[^"]+)"/g)].map(([, each]) => each as string);
}

/** What the engine checks when it opens a state. */
function assertWhole(text: string): void {
    const before = new Set<string>();
    const references = new Set<string>();
    for (const resource of resourcesOf(text)) {
        const { urn, id, provider, type } = resource;
        assert.equal(urn.split("::")[2]?.split("$").pop(), type, urn);
        for (const named of namedBy(resource)) assert.ok(before.has(named) || named === urn, `${urn} names ${named}`);
        if (provider !== undefined && !provider.includes("providers:aws"))
            assert.ok(references.has(provider), `${urn} has the provider ${provider}`);
        if (!resource.delete) assert.ok(!before.has(urn), `${urn} is there twice`);
        before.add(urn);
        references.add(`${urn}::${id}`);
    }
    for (const { custom, urn, outputs } of resourcesOf(text))
        for (const [, named = ""] of custom ? [] : JSON.stringify(outputs ?? {}).matchAll(/"(urn:pulumi:[^"]+)"/g))
            assert.ok(before.has(named), `${urn} has the output ${named}`);
}

const ciphersOf = (text: string) => (text.match(/"ciphertext": "[^"]*"/g) ?? []).sort();

describe("a state that goes the other way", () => {
    it("comes back byte for byte, whatever its history; it is whole on both sides", () => {
        fc.assert(
            fc.property(history, (deeds) => {
                const before = stateAfter(deeds);
                assertWhole(before);
                const there = textOf(convert(before, "plugin"));
                assertWhole(there);
                assert.equal(textOf(convert(there, "plugin")), there, "twice is once");
                assert.equal(textOf(convert(there, "dynamic")), before);
            }),
            { seed, numRuns: 300 },
        );
    });

    it("has no word of the former way in what is ours, and all of what is others'", () => {
        fc.assert(
            fc.property(history, (deeds) => {
                const before = stateAfter(deeds);
                const there = textOf(convert(before, "plugin"));
                const others = ({ type }: RecordedResource) => /^(aws|pulumi-nodejs:dynamic:)/.test(type);
                for (const resource of resourcesOf(there)) {
                    assert.doesNotMatch(resource.urn, /dynamic\/section/);
                    if (resource.type.startsWith("section:"))
                        assert.doesNotMatch(JSON.stringify(resource), /__provider|dynamic\/section/);
                }
                const propertiesOf = (text: string) =>
                    resourcesOf(text)
                        .filter(others)
                        .map(({ id, inputs, outputs, provider }) => ({ id, inputs, outputs, provider }));
                assert.deepEqual(propertiesOf(there), propertiesOf(before));
            }),
            { seed, numRuns: 300 },
        );
    });

    it("is whole in whatever order an up has left the providers", () => {
        fc.assert(
            fc.property(history, (deeds) => {
                const document = convert(stateAfter(deeds), "plugin").document;
                const { resources = [] } = document.deployment ?? {};
                const [stack, ...rest] = resources as [RecordedResource, ...RecordedResource[]];
                const isStandard = (of: string) => (each: RecordedResource) =>
                    each.urn.endsWith(`agency::pulumi:providers:${of}::default`);
                // the plugin's comes first, that of others' dynamic resources just before it is needed
                const ordered = [stack, ...rest.filter(isStandard("section"))];
                const late = rest.find(isStandard("pulumi-nodejs"));
                for (const each of rest.filter((one) => !ordered.includes(one) && one !== late)) {
                    const isNeeded = late !== undefined && JSON.stringify(each).includes(late.urn);
                    if (isNeeded && !ordered.includes(late)) ordered.push(late);
                    ordered.push(each);
                }
                if (late !== undefined && !ordered.includes(late)) ordered.push(late);
                const deployment = { ...document.deployment, resources: ordered };
                const there = writeStateDocument({ ...document, deployment });
                assertWhole(there);
                assertWhole(textOf(convert(there, "dynamic")));
            }),
            { seed, numRuns: 200 },
        );
    });

    it("keeps every secret as it is encrypted", () => {
        fc.assert(
            fc.property(history, (deeds) => {
                const before = stateAfter(deeds);
                const own = (text: string) => [...new Set(ciphersOf(text))].filter((each) => !each.includes("v1:aws"));
                assert.deepEqual(own(textOf(convert(before, "plugin"))), own(before));
            }),
            { seed, numRuns: 100 },
        );
    });

    it("of every released version is converted as a whole, and back", async () => {
        const states = path.resolve("test/fixtures/states");
        const versions = await readdir(states);
        assert.ok(versions.length > 0);
        for (const version of versions) {
            const kept = JSON.parse(await readFile(path.join(states, version, "state.json"), "utf8"));
            const before = writeStateDocument({ version: kept.version, deployment: kept.checkpoint.latest });
            const there = convert(before, "plugin", {});
            const count = [...there.counts.values()].reduce((sum, each) => sum + each, 0);
            assert.equal(count, before.match(/"type": "pulumi-nodejs:dynamic\/section:/g)?.length, version);
            assert.deepEqual(there.providers, ["default"]);
            assert.doesNotMatch(textOf(there), /nodejs|__provider/);
            assertWhole(textOf(there));
            assert.equal(textOf(convert(textOf(there), "dynamic", {})), before, version);
        }
    });
});

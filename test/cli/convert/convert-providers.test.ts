import assert from "node:assert/strict";
import { planProviders } from "../../../cli/convert/convert-providers";

const urnOf = (type: string, name: string) => `urn:pulumi:prod::agency::${type}::${name}`;
const provider = (of: string, name: string, inputs = {}, more = {}) => {
    const type = `pulumi:providers:${of}`;
    return { urn: urnOf(type, name), type, id: name, inputs, ...more };
};
const user = (type: string, { urn, id }: { urn: string; id: string }) => ({
    urn: urnOf(type, "x"),
    type,
    provider: `${urn}::${id}`,
});
const [site, other] = ["pulumi-nodejs:dynamic/section:Application", "pulumi-nodejs:dynamic:Resource"] as const;

describe("the providers of a state that goes the other way", () => {
    const standard = provider("pulumi-nodejs", "default");
    const cases: readonly [what: string, resources: Parameters<typeof planProviders>[0], plan: unknown[]][] = [
        ["are left where only others use them", [standard, user(other, standard)], []],
        ["change where only ours use them", [standard, user(site, standard)], [{ isKept: false, twin: undefined }]],
        [
            "are kept where others use them, too",
            [standard, user(site, standard), user(other, standard)],
            [{ isKept: true, twin: undefined }],
        ],
        [
            "change where they are ours and nothing uses them",
            [provider("pulumi-nodejs", "eu", { "section-provider:token": "x" })],
            [{ isKept: false, twin: undefined }],
        ],
    ];
    for (const [what, resources, plan] of cases)
        it(what, () => assert.deepEqual([...planProviders(resources, "plugin").values()], plan));

    it("give their resources one that is there, or that a first one becomes", () => {
        const [one, two] = [provider("section", "default"), provider("section", "default_0_1_0")];
        assert.deepEqual(
            [...planProviders([standard, one, two], "dynamic").values()].map(({ twin }) => twin?.urn),
            [standard.urn, standard.urn],
        );
        assert.deepEqual(
            [...planProviders([one, two], "dynamic").values()].map(({ twin }) => twin?.urn),
            [undefined, one.urn],
        );
        const leaving = provider("pulumi-nodejs", "default", {}, { delete: true });
        assert.deepEqual(
            [...planProviders([leaving, one], "dynamic").values()].map(({ twin }) => twin),
            [undefined],
        );
    });
});

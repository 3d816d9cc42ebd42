import assert from "node:assert/strict";
import { planSwitch, switchWay } from "../../../cli/convert/stack-settings";
import type { Way } from "../../../provider/run/resource-kind";
import { type FolderStack, withEngineFolder } from "../../support/engine-folder";

const inProject = "name: agency\nruntime: nodejs\nconfig:\n    section:plugin: true\n";
const yes = { "section:plugin": { value: "true" } };

describe("the setting by which a program goes a way", () => {
    const cases: readonly [what: string, way: Way, config: FolderStack["config"], project?: string, words?: string][] =
        [
            ["is set for the plugin", "plugin", {}, undefined, "config set section:plugin true"],
            ["is left where it is set", "plugin", yes, undefined],
            ["is removed for dynamic resources", "dynamic", yes, undefined, "config rm section:plugin"],
            [
                "is overruled where the whole project has it",
                "dynamic",
                yes,
                inProject,
                "config set section:plugin false",
            ],
            ["is left where it is not set", "dynamic", {}, undefined],
        ];
    for (const [what, way, config, project, words] of cases)
        it(what, () =>
            withEngineFolder({ state: "", config, ...(project && { project }) }, async ({ folder, configured }) => {
                const planned = await planSwitch({ cwd: folder }, way);
                assert.deepEqual(await configured(), []);
                await switchWay(planned, { cwd: folder });
                assert.deepEqual(await configured(), words === undefined ? [] : [words]);
            }),
        );

    it("brings along the config of other namespaces as a state has it", () => {
        const secret = { value: 'a "b"', secret: true };
        const config = { "agency:region": { value: "eu" }, "agency:token": secret, "section:token": secret };
        return withEngineFolder({ state: "", config }, async ({ folder }) => {
            const { others } = (await planSwitch({ cwd: folder }, "dynamic")).settings;
            const encrypted = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
            assert.deepEqual(others, {
                "agency:region": "eu",
                "agency:token": { ...encrypted, plaintext: '"a \\"b\\""' },
            });
        });
    });
});

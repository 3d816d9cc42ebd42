import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { type Adopter, lookAtEstate, openAdopter, rowsOf } from "../support/adoption";
import { seedEstate } from "../support/estate";
import { pathWithLanguages } from "../support/languages";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { makeTypeScriptProject, makeYamlProject, type PluginProject } from "../support/plugin-project";

describe("an estate that is exported for the plugin", () => {
    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform();
        await seedEstate(platform, 8);
    });
    after(() => platform.close());

    const withExport = (work: (adopter: Adopter, place: string, folder: string) => Promise<void>) =>
        withFolder(async (folder) => {
            const adopter = await openAdopter(platform, folder);
            try {
                const place = await adopter.place("estate");
                const { code, stderr } = await adopter.run("export", place, "--plugin", "--content");
                assert.equal(code, 0, stderr);
                await work(adopter, place, folder);
            } finally {
                await adopter.close();
            }
        });

    it("is a TypeScript program that goes by it, and whose adoption changes nothing", () =>
        withExport(async (adopter, place) => {
            const before = await lookAtEstate(platform);
            const { code, stdout, stderr } = await adopter.run("adopt", place);
            assert.equal(code, 0, stderr + stdout);
            const { changes, imported, resources } = rowsOf(stdout);
            assert.deepEqual([changes, imported], ["0", resources]);
            assert.deepEqual([adopter.writes(), await lookAtEstate(platform)], [0, before]);
            const { resources: recorded } = JSON.parse(await readFile(path.join(place, "import.json"), "utf8"));
            assert.ok(recorded.every(({ type }: { type: string }) => type.startsWith("section:index:")));
            const again = rowsOf((await adopter.run("adopt", place)).stdout);
            assert.deepEqual([again.changes, again.imported], ["0", "0"]);
        }));

    /** Has code of the whole estate written into a file of a project, whose program it then is. */
    async function expectEmptyPreview(
        project: PluginProject,
        place: string,
        code: string,
        begin: () => Promise<void> = async () => {},
    ): Promise<void> {
        const file = path.join(place, "import.json");
        const { resources } = JSON.parse(await readFile(file, "utf8")) as { resources: object[] };
        await project.must("import", "--file", file, "--yes", "--protect=false", "--out", code);
        await begin();
        const preview = await project.must("preview", "--diff", "--refresh");
        assert.match(preview, new RegExp(`\\n {4}${resources.length + 1} unchanged`));
        assert.doesNotMatch(preview, /to (create|update|delete|replace)/);
    }

    it("is a file of which pulumi import writes a YAML program whose preview is empty", async function writeYaml() {
        const languages = await pathWithLanguages();
        if (languages === undefined) return this.skip();
        await withExport(async (_adopter, place, folder) => {
            const project = await makeYamlProject("", { folder, languages, platform });
            await expectEmptyPreview(project, place, "code.yaml", async () => {
                const [settings, code] = [await project.read("Pulumi.yaml"), await project.read("code.yaml")];
                await project.write("Pulumi.yaml", settings + code);
            });
        });
    });

    it("is a file of which it writes one in TypeScript, whose types are right", async function writeTypeScript() {
        const languages = await pathWithLanguages();
        if (languages === undefined) return this.skip();
        await withExport(async (_adopter, place, folder) => {
            const project = await makeTypeScriptProject("", { folder, languages, platform });
            await project.must("config", "set", "section:plugin", "true");
            await expectEmptyPreview(project, place, "index.ts");
        });
    });
});

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { loadLate, model } from "../../../provider/run/late-module";

/** The modules that a script has loaded at its end beside those of the SDK, by package or by file of ours. */
async function listLoaded(script: string): Promise<string[]> {
    const count = `
        require("@pulumi/pulumi");
        const before = new Set(Object.keys(require.cache));
        ${script}
        const added = Object.keys(require.cache).filter((file) => !before.has(file));
        console.log(JSON.stringify(added));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", count]);
    const nameOf = (file: string) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
    return (JSON.parse(stdout) as string[]).map((file) => nameOf(file) ?? file.replace(/.*\/(\w+)\/dist\//, "$1/"));
}

describe("modules that are loaded late", () => {
    it("are loaded once, when something of them is used", () => {
        const loads: string[] = [];
        const late = loadLate(() => {
            loads.push("now");
            return { answer: 42 };
        });
        assert.deepEqual(loads, []);
        assert.deepEqual([late.answer, late.answer, loads.length], [42, 42, 1]);
        assert.equal(model.productionName, "Production");
    });

    it("are all but the classes when a program loads the package: no library, no client, and of the model its types of resources", async () => {
        const loaded = await listLoaded(`require("pulumi-section");`);
        assert.deepEqual(
            loaded.filter((name) => !name.startsWith("provider/")),
            ["model/resource-type.js"],
        );
        assert.ok(loaded.length > 20 && loaded.length <= 60, `${loaded.length} modules`);
    });

    it("are the libraries for requests, when the engine loads its process: an empty preview sends none", async () => {
        const loaded = await listLoaded(`require("pulumi-section/dynamic");`);
        assert.ok(loaded.includes("zod") && !loaded.includes("axios") && !loaded.includes("yaml"));
    });
});

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

const program = `
    const pulumi = require("@pulumi/pulumi");
    const has = (name) => Object.keys(require.cache).some((file) => file.includes("/node_modules/" + name + "/"));
    const late = ["typescript", "@npmcli/arborist", "execa", "fdir", "js-yaml", "normalize-package-data"];
    const before = late.filter(has);
    const { PulumiCommand } = require("@pulumi/pulumi/automation");
    const failing = PulumiCommand.get({ root: "/nowhere" }).catch(({ message }) => message);
    Promise.all([failing, pulumi.runtime.serializeFunction(() => 42)]).then(([failed, { text }]) =>
        console.log(JSON.stringify({ before, after: ["typescript", "execa"].filter(has), failed, text })));
`;

describe("modules that are loaded late", () => {
    it("are not there before they are asked for; whoever asks gets what they are", async () => {
        const { stdout } = await run(process.execPath, ["--require", "./tools/pulumi/late-modules.cjs", "-e", program]);
        const { before, after, failed, text } = JSON.parse(stdout);
        assert.deepEqual([before, after], [[], ["typescript", "execa"]]);
        assert.match(failed, /\/nowhere\/bin\/pulumi.*ENOENT/, "a default import is the module itself");
        assert.match(text, /return \(\) => 42;/);
    });
});

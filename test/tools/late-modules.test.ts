import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

const program = `
    const pulumi = require("@pulumi/pulumi");
    const has = (name) => Object.keys(require.cache).some((file) => file.includes("/node_modules/" + name + "/"));
    const before = has("typescript") || has("@npmcli/arborist");
    pulumi.runtime.serializeFunction(() => 42).then(({ text }) => console.log(JSON.stringify({ before, after: has("typescript"), text })));
`;

describe("modules that are loaded late", () => {
    it("are not there before they are asked for; whoever asks gets what they are", async () => {
        const { stdout } = await run(process.execPath, ["--require", "./tools/pulumi/late-modules.cjs", "-e", program]);
        const { before, after, text } = JSON.parse(stdout);
        assert.deepEqual([before, after], [false, true]);
        assert.match(text, /return \(\) => 42;/);
    });
});

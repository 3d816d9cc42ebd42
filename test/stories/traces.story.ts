import assert from "node:assert/strict";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { runBash } from "../support/ci";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { mustPulumi, pulumi } from "../support/pulumi";
import { engineVariables, stateFile } from "../support/stack";

const good = `
const section = require("pulumi-section");
const acme = new section.Organization("acme", { name: "Acme" });
const www = new section.ClientSite("www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "192.0.2.1",
});
`;
const goodLines = good.split("\n").length;

describe("the trace of a program's error", () => {
    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform();
    });
    after(() => platform.close());

    /** Gives `work` a program in a folder of its own, and how to run it. */
    async function withProgram(
        text: string,
        work: (run: Parameters<typeof pulumi>[1]) => Promise<void>,
    ): Promise<void> {
        await withFolder(async (folder) => {
            const cwd = path.join(folder, "program");
            await mkdir(cwd);
            const runtime = "runtime:\n    name: nodejs\n    options:\n        typescript: false\n";
            await writeFile(path.join(cwd, "Pulumi.yaml"), `name: story\n${runtime}`);
            await writeFile(path.join(cwd, "package.json"), '{ "main": "index.js" }');
            await writeFile(path.join(cwd, "index.js"), text);
            await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
            const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
            const run = { cwd, folder, environment };
            await mustPulumi(["stack", "init", "story"], run);
            await work(run);
        });
    }

    const mistakes = {
        "in its own code": ["acme.name.apply(() => {", "    throw new Error('my mistake');", "});"],
        // Node 20 needs minutes to colour the trace with the places that the SDK's maps give
        "in a transformation": [
            "console.log('next');",
            "const transformations = [() => { throw new Error('my mistake'); }];",
            "new section.Organization('beta', { name: 'Beta' }, { transformations });",
        ],
        "in an argument of ours": ["console.log('next');", "new section.Organization('beta');"],
    };
    for (const [where, lines] of Object.entries(mistakes))
        it(`names the line of a mistake ${where}`, () =>
            withProgram(`${good}${lines.join("\n")}\n`, async (run) => {
                const { code, output } = await pulumi(["preview", "--stack", "story"], run);
                assert.notEqual(code, 0);
                assert.match(output, new RegExp(`index\\.js:${goodLines + 1}:`));
                assert.doesNotMatch(output, /@pulumi\/resource\.ts/);
            }));

    it("is no part of what configFrom says: one line without colours, the program's line before that of the file", () =>
        withProgram("require('pulumi-section').configFrom({ 'varnish/default.vcl': '{{ttl}}' });\n", async (run) => {
            const usual = { ...process.env, ...(await engineVariables(run.folder)), ...run.environment };
            const env = { ...usual, NO_COLOR: undefined, FORCE_COLOR: undefined };
            const { code, output } = await runBash("pulumi preview --stack story 2>&1 | cat", run.cwd, env);
            assert.notEqual(code, 0);
            assert.doesNotMatch(output, /\u001b/);
            assert.match(
                output,
                /^Diagnostics:\n.*\n {4}error: index\.js:1: varnish\/default\.vcl:1: \{\{ttl\}\} has no value\. .*\n\nResources:/m,
            );
        }));

    it("is short in the state: the lines of the program that declared a thing", () =>
        withProgram(good, async (run) => {
            await mustPulumi(["up", "--yes", "--skip-preview", "--stack", "story"], run);
            const state = await readFile(stateFile(run.folder, "story"), "utf8");
            const { resources } = JSON.parse(state).checkpoint.latest as {
                resources: { type: string; sourcePosition?: string; stackTrace?: { sourcePosition?: string }[] }[];
            };
            const ours = resources.filter(({ type }) => type.includes("section:"));
            assert.deepEqual(ours.map(({ sourcePosition }) => sourcePosition?.replace(/,\d+$/, "")).sort(), [
                "project:///index.js#3",
                ...ours.slice(1).map(() => "project:///index.js#4"),
            ]);
            for (const { stackTrace = [] } of ours)
                assert.doesNotMatch(JSON.stringify(stackTrace), /node_modules|provider/);
        }));
});

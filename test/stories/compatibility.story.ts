import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { findNode } from "../support/node-binary";
import { makeOwnProject } from "../support/own-project";
import { type RunningPlatform, spawnPlatform, startPlatform, withFolder } from "../support/platform";
import { mustPulumi, type PulumiOptions } from "../support/pulumi";
import { engineVariables } from "../support/stack";
import { testedVersions } from "../support/tested-versions";

const run = promisify(execFile);

const versions = `
export const versions = [process.versions.node, require("@pulumi/pulumi/package.json").version];
`;

/** Version of the SDK -> the versions of Node with which docs/compatibility.md promises it. */
const tested = testedVersions();
const nodesBySdk = new Map(tested.map(({ sdk }) => [sdk, tested.filter((each) => each.sdk === sdk)]));

describe("compatibility", () => {
    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform();
    });
    after(() => platform.close());

    for (const [sdk, rows] of nodesBySdk)
        describe(`of @pulumi/pulumi ${sdk}`, () => {
            let folder: string;
            let options: PulumiOptions;
            before(async () => {
                folder = await mkdtemp(path.join(tmpdir(), "section-test-"));
                const cwd = path.join(folder, "project");
                options = { cwd, folder, environment: {} };
                await makeOwnProject(options, "npm");
                // the oldest SDK wants an older compiler
                const wanted = sdk === "newest" ? ["@pulumi/pulumi@latest"] : [`@pulumi/pulumi@${sdk}`, "typescript@5"];
                await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", ...wanted], { cwd });
                await run("npm", ["run", "check"], { cwd });
                await appendFile(path.join(cwd, "index.ts"), versions);
            });
            after(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

            for (const { node } of rows)
                it(`with Node ${node}: a program is previewed and applied, the commands and the platform start`, async () => {
                    const bin = await findNode(node);
                    const { PATH } = await engineVariables(folder);
                    const environment = {
                        SECTION_ENDPOINT: platform.url,
                        SECTION_TOKEN: platform.token,
                        PATH: `${bin}${path.delimiter}${PATH}`,
                    };
                    const stack = { ...options, environment };
                    await mustPulumi(["stack", "init", `node-${node}`], stack);
                    assert.match(await mustPulumi(["up", "--yes"], stack), /\+ 7 to create.*\+ 7 created/s);
                    assert.match(await mustPulumi(["preview"], stack), /7 unchanged/);
                    const said = JSON.parse(await mustPulumi(["stack", "output", "versions", "--json"], stack));
                    assert.equal(said[0].split(".")[0], node);
                    assert.ok(sdk === "newest" || said[1] === sdk, `${said[1]} is not ${sdk}`);
                    console.log(`      Node ${said[0]}, @pulumi/pulumi ${said[1]}`);

                    const command = path.join(options.cwd, "node_modules/pulumi-section-cli/bin/pulumi-section.js");
                    const env = { ...process.env, ...environment };
                    const { stdout } = await run(path.join(bin, "node"), [command, "whoami"], { cwd: folder, env });
                    assert.match(stdout, /olga@agency\.example/);
                    await mustPulumi(["destroy", "--yes", "--skip-preview"], stack);

                    await withFolder(async (dataDir) => {
                        const spawned = await spawnPlatform(dataDir, { node: path.join(bin, "node") });
                        assert.equal((await fetch(`${spawned.url}/readyz`)).status, 200);
                        assert.equal(await spawned.stop(), 0);
                    });
                });
        });
});

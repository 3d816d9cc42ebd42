import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { writeCommands } from "../support/ci";
import { editManifest, makeOwnProject, type PackageManager } from "../support/own-project";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { mustPulumi, type PulumiOptions } from "../support/pulumi";
import { engineVariables } from "../support/stack";

const run = promisify(execFile);

const managers: Record<string, PackageManager> = {
    "npm, hoisted": "npm",
    "pnpm, not hoisted": "pnpm",
    "yarn, hoisted": "yarn",
};

/** What a program's own compiler may ask of our types: everything, with the least help. */
const strict = ["--skipLibCheck", "false", "--esModuleInterop", "false", "--ignoreDeprecations", "6.0", "--noEmit"];
/** As `pulumi new typescript` sets it up. */
const plain = ["--ignoreConfig", "--strict", "--target", "es2022", "--types", "node", "index.ts"];
const commonjs = ["--module", "commonjs", "--moduleResolution", "node10"];

describe("the packages in a project of their own", () => {
    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform();
    });
    after(() => platform.close());

    it("begin with `pulumi new`, which asks for endpoint and token and puts them into the stack's config", () =>
        withFolder(async (folder) => {
            const cwd = path.join(folder, "project");
            await mkdir(cwd);
            const bin = path.join(folder, "bin");
            // the packages are in no registry yet
            await writeCommands(bin, { npm: '#!/bin/sh\necho "npm $*" > installed\n' });
            const { PATH } = await engineVariables(folder);
            // the engine asks as in a terminal, and reads the answers from a pipe
            const environment = { PATH: `${bin}${path.delimiter}${PATH}`, PULUMI_TEST_INTERACTIVE: "true" };
            const options: PulumiOptions = { cwd, folder, environment };
            const given = { name: "our-agency", description: "Our clients", stack: "dev" };
            const flags = Object.entries({ ...given, "runtime-options": "packagemanager=npm" });
            const template = path.resolve("templates/section-agency-typescript");
            const asked = await mustPulumi(
                ["new", template, ...flags.flatMap(([flag, value]) => [`--${flag}`, value])],
                {
                    ...options,
                    stdin: `${platform.url}\n${platform.token}\n`,
                },
            );
            assert.match(
                asked,
                /Where the platform answers \(section:endpoint\) \(https:.*\): An API token .* \(section:token\): /,
            );
            assert.equal(await readFile(path.join(cwd, "installed"), "utf8"), "npm install\n");
            const stack = await readFile(path.join(cwd, "Pulumi.dev.yaml"), "utf8");
            assert.match(stack, new RegExp(`^ {2}section:endpoint: ${platform.url}$`, "m"));
            assert.match(stack, /^ {2}section:token:\n {4}secure: /m);
            for (const text of [asked, stack]) assert.ok(!text.includes(platform.token), text);
            assert.equal((await mustPulumi(["config", "get", "section:token"], options)).trim(), platform.token);
        }));

    for (const [name, manager] of Object.entries(managers))
        it(`from \`pulumi new\` with ${name}: TypeScript, CommonJS and ECMAScript modules`, () =>
            withFolder(async (folder) => {
                const cwd = path.join(folder, "project");
                const options: PulumiOptions = { cwd, folder, environment: {} };
                await makeOwnProject(options, manager);
                const manifest = path.join(cwd, "package.json");
                assert.match(
                    await readFile(path.join(cwd, "Pulumi.yaml"), "utf8"),
                    /^name: our-agency\ndescription: Our clients\n/,
                );
                const command = path.join(cwd, "node_modules/.bin/pulumi-section");
                assert.match((await run(command, ["--version"], { cwd })).stdout, /^\d+\.\d+\.\d+\n$/);
                const compile = (...args: string[]) =>
                    run(process.execPath, [path.join(cwd, "node_modules/typescript/bin/tsc"), ...args], { cwd }).catch(
                        ({ message, stdout }) => assert.fail(`${message}${stdout}`),
                    );
                await compile(...strict);
                await compile(...strict, ...commonjs, ...plain);

                await mustPulumi(["stack", "init", "fresh"], options);
                await mustPulumi(["config", "set", "section:endpoint", platform.url], options);
                await mustPulumi(["config", "set", "--secret", "section:token"], { ...options, stdin: platform.token });
                assert.match(
                    await mustPulumi(["up", "--yes", "--skip-preview", "--stack", "fresh"], options),
                    /\+ 7 created/,
                );
                const unchanged = async () => {
                    const preview = await mustPulumi(["preview", "--diff", "--stack", "fresh"], options);
                    assert.match(preview, /7 unchanged/);
                    assert.doesNotMatch(preview, /to (create|update|delete|replace)/);
                };
                await unchanged();

                // as JavaScript: TypeScript compiles to the kind of module that package.json says
                await editManifest(manifest, (content) => delete content.main);
                const yaml = await readFile(path.join(cwd, "Pulumi.yaml"), "utf8");
                await writeFile(path.join(cwd, "Pulumi.yaml"), yaml.replace(/\n +nodeargs: .*/, ""));
                for (const [type, sign] of [
                    ["commonjs", /require\("pulumi-section"\)/],
                    ["module", /from "pulumi-section"/],
                ] as const) {
                    await editManifest(manifest, (content) => (content.type = type));
                    await compile();
                    assert.match(await readFile(path.join(cwd, "index.js"), "utf8"), sign);
                    await unchanged();
                }
                await mustPulumi(["destroy", "--yes", "--skip-preview", "--stack", "fresh"], options);
                assert.deepEqual(await platform.api.get("/account"), []);
            }));
});

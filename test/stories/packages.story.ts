import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { mustPulumi, type PulumiOptions } from "../support/pulumi";

const run = promisify(execFile);
const bin = path.resolve("node_modules/.bin");

interface Package {
    type?: string;
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
    [key: string]: unknown;
}

/** The archives that `npm publish` would send, as files to install. */
async function packAll(folder: string): Promise<Record<string, string>> {
    const packed: Record<string, string> = {};
    for (const place of ["model", "display", "client", "provider", "cli"]) {
        const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: place });
        const [{ name, filename }] = JSON.parse(stdout);
        packed[name] = `file:${path.join(folder, filename)}`;
    }
    return packed;
}

async function edit(file: string, change: (content: Package) => void): Promise<void> {
    const content: Package = JSON.parse(await readFile(file, "utf8"));
    change(content);
    await writeFile(file, JSON.stringify(content, undefined, 4));
}

const installers = {
    "npm, hoisted": (cwd: string) =>
        run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], { cwd }),
    "pnpm, not hoisted": (cwd: string) =>
        run(path.join(bin, "pnpm"), ["install", "--prefer-offline", "--ignore-scripts"], {
            cwd,
            env: { ...process.env, CI: "1" },
        }),
};

describe("the packages in a project of their own", () => {
    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform();
    });
    after(() => platform.close());

    for (const [name, install] of Object.entries(installers))
        it(`from \`pulumi new\` with ${name}: TypeScript, CommonJS and ECMAScript modules`, () =>
            withFolder(async (folder) => {
                const packed = await packAll(folder);
                const cwd = path.join(folder, "project");
                await mkdir(cwd);
                const options: PulumiOptions = {
                    cwd,
                    folder,
                    environment: { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token },
                };
                const template = path.resolve("templates/section-agency-typescript");
                // the language host of an engine that was built here needs the SDK before anything is installed; the
                // official one does not
                const beforeInstall = { ...options, environment: { NODE_PATH: path.resolve("node_modules") } };
                await mustPulumi(
                    [
                        "new",
                        template,
                        "--generate-only",
                        "--yes",
                        "--force",
                        "--name",
                        "our-agency",
                        "--description",
                        "Our clients",
                    ],
                    beforeInstall,
                );
                const manifest = path.join(cwd, "package.json");
                assert.match(
                    await readFile(path.join(cwd, "Pulumi.yaml"), "utf8"),
                    /^name: our-agency\ndescription: Our clients\n/,
                );
                await edit(manifest, (content) => {
                    // in no registry yet
                    Object.assign(content.dependencies, packed);
                    delete content.devDependencies["pulumi-section-cli"];
                    content.pnpm = { overrides: packed };
                });
                await install(cwd);
                const command = path.join(cwd, "node_modules/.bin/pulumi-section");
                assert.match((await run(command, ["--version"], { cwd })).stdout, /^\d+\.\d+\.\d+\n$/);
                const compile = () =>
                    run(process.execPath, [path.join(cwd, "node_modules/typescript/bin/tsc")], { cwd });

                await mustPulumi(["stack", "init", "fresh"], options);
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
                await edit(manifest, (content) => delete content.main);
                const yaml = await readFile(path.join(cwd, "Pulumi.yaml"), "utf8");
                await writeFile(path.join(cwd, "Pulumi.yaml"), yaml.replace(/\n +nodeargs: .*/, ""));
                for (const [type, sign] of [
                    ["commonjs", /require\("pulumi-section"\)/],
                    ["module", /from "pulumi-section"/],
                ] as const) {
                    await edit(manifest, (content) => (content.type = type));
                    await compile();
                    assert.match(await readFile(path.join(cwd, "index.js"), "utf8"), sign);
                    await unchanged();
                }
                await mustPulumi(["destroy", "--yes", "--skip-preview", "--stack", "fresh"], options);
                assert.deepEqual(await platform.api.get("/account"), []);
            }));
});

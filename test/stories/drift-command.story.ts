import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { mustGit } from "../support/git";
import { patternOf, readSessions, steady } from "../support/page-sessions";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { mustPulumi } from "../support/pulumi";
import { engineVariables } from "../support/stack";

describe("the drift command", () => {
    let platform: RunningPlatform;
    beforeEach(async () => {
        platform = await startPlatform();
    });
    afterEach(() => platform.close());

    it("does what docs/drift.md shows: names who did it, prints the change of the program, puts it back", () =>
        withFolder(async (folder) => {
            const cwd = path.join(folder, "program");
            await cp("examples/drift", cwd, { recursive: true });
            await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
            await mustGit(cwd, undefined, "init", "--quiet");
            const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
            const options = { cwd, folder, environment };
            await mustPulumi(["stack", "init", "story"], options);
            await mustPulumi(["up", "--yes", "--skip-preview"], options);
            const stateFile = path.join(folder, "pulumi-state/.pulumi/stacks/drift/story.json");
            const bin = path.resolve("node_modules/.bin");
            const variables = await engineVariables(folder);
            const env = {
                ...process.env,
                ...variables,
                NO_COLOR: "1",
                ...environment,
                PATH: `${bin}${path.delimiter}${variables.PATH}`,
            };
            const run = (command: string) =>
                new Promise<{ code: number; output: string }>((resolve) => {
                    execFile("sh", ["-c", command], { cwd, env }, (error, stdout, stderr) =>
                        resolve({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr }),
                    );
                });
            const before = await run("pulumi-section drift");
            assert.deepEqual(
                { ...before, output: steady(before.output) },
                { code: 0, output: "no drift: 5 of 5 resources are as declared\n" },
            );

            const { git_url } = (await platform.api.get("/account/1/application"))[0];
            const clone = path.join(folder, "clone");
            await mustGit(folder, platform.token, "clone", "--quiet", "--branch", "Staging", git_url, clone);
            const file = path.join(clone, "varnish/default.vcl");
            await writeFile(file, (await readFile(file, "utf8")).replace("grace = 1h", "grace = 6h"));
            await mustGit(
                clone,
                platform.token,
                "commit",
                "--all",
                "--quiet",
                "--message",
                "serve longer while the origin is away",
            );
            await writeFile(path.join(clone, "robots.txt"), "User-agent: *\n");
            await mustGit(clone, platform.token, "add", "--all");
            await mustGit(clone, platform.token, "commit", "--quiet", "--message", "robots, which nobody declares");
            await mustGit(clone, platform.token, "push", "--quiet");
            const jane = (await platform.api.get("/account/1/user")).find(
                ({ email }: { email: string }) => email === "jane@agency.example",
            );
            await platform.api.must("POST", `/account/1/user/${jane.id}`, { accountCapability: "admin" });
            await platform.api.must(
                "DELETE",
                "/account/1/application/1/environment/Production/domain/shop.acme.example",
            );

            // left-things.story.ts runs the rest of the page
            const steps = (await readSessions("docs/drift.md")).slice(0, 4);
            const state = await readFile(stateFile, "utf8");
            for (const { command, expected } of steps) {
                const { code, output } = await run(command);
                const isApplied = command.includes("git apply");
                assert.match(steady(output), patternOf(expected), command);
                assert.equal(code, isApplied || command.includes("--revert") ? 0 : 2, `${command}: ${output}`);
                if (!command.includes("--revert"))
                    assert.equal(await readFile(stateFile, "utf8"), state, `${command} changed the state`);
                if (!isApplied) continue;
                const program = path.join(cwd, "proxy/varnish/default.vcl");
                const changed = await readFile(program, "utf8");
                assert.match(changed, /set beresp\.ttl = \{\{ttl\}\};\n {4}set beresp\.grace = 6h;/);
                await writeFile(program, changed.replace("grace = 6h", "grace = 1h"));
            }
            await mustGit(clone, platform.token, "pull", "--quiet");
            assert.match(await readFile(file, "utf8"), /grace = 1h/);
            assert.match(await mustPulumi(["preview"], options), /Resources:\n\s+6 unchanged/);

            const { code, output } = await run("pulumi-section drift --stack nothing");
            assert.deepEqual([code, output.split(":")[0]], [1, "pulumi-section"]);
            assert.match(
                output,
                /the state of the stack cannot be read: no stack named 'nothing' found\. Run this command in the folder of the program/,
            );
        }));
});

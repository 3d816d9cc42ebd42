import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import { withFolder } from "../../support/platform";
import { providerPlatform } from "../../support/provider";
import { Terminal } from "../../support/terminal";

const command = path.resolve("cli/bin/pulumi-section.js");
const escape = "\u001b";

const provider = { __provider: 'exports.handler=()=>require("pulumi-section/dynamic").application' };

/** An application that is gone from an organization, as the engine has it. */
const goneFrom = (organization: number) => ({
    urn: "urn:pulumi:terminal::alone::pulumi-nodejs:dynamic/section:Application::www",
    type: "pulumi-nodejs:dynamic/section:Application",
    id: `${organization}/999999`,
    custom: true,
    inputs: { hostname: "www.acme.example", ...provider },
    outputs: { hostname: "www.acme.example", ...provider, __v: 1 },
    provider: "urn::default::1",
});

describe("pulumi-section on a terminal", function () {
    this.timeout(120_000);

    /** Runs with an engine that takes three seconds to give its state, and gives up its lock when it is interrupted. */
    const withSlowEngine = (work: (line: string, options: { cwd: string; env: NodeJS.ProcessEnv }) => Promise<void>) =>
        withFolder(async (cwd) => {
            const { url, token, api } = await providerPlatform();
            const resources = [goneFrom((await api.must("POST", "/account", { name: "Acme" })).id)];
            await writeFile(path.join(cwd, "state.json"), JSON.stringify({ version: 3, deployment: { resources } }));
            const engine = `#!/bin/bash\ntrap 'sleep 1; touch released; exit 1' INT\nsleep 3\ncat state.json\n`;
            await writeFile(path.join(cwd, "pulumi"), engine);
            await chmod(path.join(cwd, "pulumi"), 0o755);
            const PATH = `${cwd}${path.delimiter}${process.env.PATH}`;
            const env = {
                PATH,
                HOME: cwd,
                TERM: "xterm-256color",
                LANG: "C.UTF-8",
                SECTION_ENDPOINT: url,
                SECTION_TOKEN: token,
            };
            await work(`${process.execPath} ${command} drift`, { cwd, env });
        });

    it("draws progress in one line that goes, and a report in colour", () =>
        withSlowEngine(async (line, options) => {
            const terminal = new Terminal(line, options);
            assert.equal(await terminal.ended, 2);
            const drawn = terminal.shown.split(`\r${escape}[K`);
            assert.ok(drawn.length >= 4, `${drawn.length} times drawn`);
            for (const part of drawn.slice(1, -1))
                assert.match(part, /^((reading the state|looking (at resources|for what is in no state)).* \d+ s)?$/);
            const report = drawn.at(-1) ?? "";
            assert.match(report, /\u001b\[31m.*application \d+\/999999 \(www\) is gone\u001b\[39m/);
            assert.match(report, /\u001b\[31m1 of 1 resources drifted\u001b\[39m\r\n$/);
        }));

    it("uses no colour where NO_COLOR or a terminal like paper asks for none", () =>
        withSlowEngine(async (line, { cwd, env }) => {
            const [plain, paper] = [
                new Terminal(line, { cwd, env: { ...env, NO_COLOR: "1" } }),
                new Terminal(line, { cwd, env: { ...env, TERM: "dumb" } }),
            ];
            await Promise.all([plain.ended, paper.ended]);
            assert.ok(!plain.shown.includes(`${escape}[3`), plain.shown);
            assert.match(plain.shown, /1 of 1 resources drifted\r\n$/);
            assert.ok(!paper.shown.includes(escape), paper.shown);
            assert.match(paper.shown, /^reading the state: 2 s\r\n/);
        }));

    it("puts no escape into a pipe unless it is told to, and progress stays off stdout", () =>
        withSlowEngine(async (line, { cwd, env }) => {
            const run = (more: NodeJS.ProcessEnv) =>
                new Promise<{ stdout: string; stderr: string; code: number | null }>((resolve) => {
                    const child = spawn("bash", ["-c", `${line}`], { cwd, env: { ...env, ...more } });
                    const result = { stdout: "", stderr: "", code: null as number | null };
                    for (const name of ["stdout", "stderr"] as const)
                        child[name].on("data", (chunk) => {
                            result[name] += chunk;
                        });
                    child.once("close", (code) => resolve({ ...result, code }));
                });
            const [piped, forced] = [await run({}), await run({ FORCE_COLOR: "1" })];
            assert.ok(!(piped.stdout + piped.stderr).includes(escape), JSON.stringify(piped));
            assert.match(piped.stderr, /^reading the state: 2 s\n/);
            assert.match(piped.stdout, /^.*999999.*1 of 1 resources drifted\n$/s);
            assert.ok(forced.stdout.includes(`${escape}[31m`));
        }));

    it("ends with 130 after Ctrl-C, on a clean line, once the engine has given up its lock", () =>
        withSlowEngine(async (line, options) => {
            const terminal = new Terminal(line, options);
            await terminal.until(/reading the state 2 s/);
            terminal.type("\x03");
            assert.equal(await terminal.ended, 130);
            assert.ok(existsSync(path.join(options.cwd, "released")), "the engine had no time to give up its lock");
            assert.match(terminal.shown, /\r\u001b\[K.*$/s);
            const last = terminal.shown.split(`\r${escape}[K`).at(-1) ?? "";
            assert.doesNotMatch(last, /reading the state/);
        }));

    it("ends quietly when nobody reads on", async () => {
        const child = spawn(process.execPath, [command, "completion", "bash"], { stdio: ["ignore", "pipe", "pipe"] });
        child.stdout.destroy();
        let words = "";
        child.stderr.on("data", (chunk) => {
            words += chunk;
        });
        const code = await new Promise((resolve) => child.once("close", resolve));
        assert.deepEqual([code, words], [0, ""]);
    });
});

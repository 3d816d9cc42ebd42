import assert from "node:assert/strict";
import { appendFile, cp, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { pulumiSection } from "../support/provider-command";
import { mustPulumi } from "../support/pulumi";
import { engineVariables } from "../support/stack";

/** What differs between two runs, and the types in URNs. */
const steady = (text: string) =>
    text
        .replaceAll(/\d+(\.\d+)? ?s\b/g, "N s")
        .replaceAll(/"(seconds|copy|up|preview)": [\d.]+/g, '"$1": N')
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "NOW")
        .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "ADDRESS")
        .replaceAll(/pulumi-nodejs:dynamic\/section:|section:index:/g, "TYPE:");

/** Commands that only look. */
const commands = [
    ["drift", "--json"],
    ["estate", "--json"],
    ["access", "--json"],
    ["golive", "www.acme.example", "--json"],
    ["history", "www.acme.example", "--json"],
    ["review", "--json"],
    ["next"],
] as const;

describe("the commands on a stack that was converted", () => {
    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform();
    });
    after(() => platform.close());

    it("say what they said before, and up applies a change", () =>
        withFolder(async (folder) => {
            const cwd = path.join(folder, "program");
            await cp("examples/rehearse", cwd, { recursive: true });
            await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
            const provider = { name: "section", path: path.resolve("node_modules/pulumi-resource-section") };
            await appendFile(path.join(cwd, "Pulumi.yaml"), `plugins: ${JSON.stringify({ providers: [provider] })}\n`);
            const options = { cwd, folder, environment: {} };
            await mustPulumi(["stack", "init", "production"], options);
            await mustPulumi(["config", "set", "section:endpoint", platform.url], options);
            await mustPulumi(["config", "set", "section:token", "--secret"], { ...options, stdin: platform.token });
            await mustPulumi(["up", "--yes", "--skip-preview"], options);
            const program = path.join(cwd, "index.ts");
            const text = await readFile(program, "utf8");
            await writeFile(program, text.replace('role: "state"', 'role: "admin"'));
            assert.notEqual(await readFile(program, "utf8"), text);

            const environment = { ...(await engineVariables(folder)), NO_COLOR: "1" };
            const run = async (args: readonly string[]) => {
                const { code, stdout, stderr } = await pulumiSection([...args], { cwd, environment });
                return [args.join(" "), code, code === 1 ? stderr : "", steady(stdout)] as const;
            };
            const runAll = async () => {
                const all: Awaited<ReturnType<typeof run>>[] = [];
                for (const args of commands) all.push(await run(args));
                return all;
            };
            const before = await runAll();
            for (const [, code, stderr] of before) assert.notEqual(code, 1, stderr);
            const [, code, stderr] = await run(["convert", "--to", "plugin", "--yes"]);
            assert.equal(code, 0, stderr);
            assert.deepEqual(await runAll(), before);
            const [, , , planned] = await run(["plan", "--out", "plan.json"]);
            assert.match(planned, /1 step/);
            const rehearsed = await run(["rehearse", "--json"]);
            assert.notEqual(rehearsed[1], 1, rehearsed[2]);
            const applied = await run(["apply", "--plan", "plan.json", "--yes"]);
            assert.equal(applied[1], 0, applied[2]);
            const [, , , drifted] = await run(["drift"]);
            assert.match(drifted, /^no drift: \d+ of \d+ resources are as declared\n$/);
            assert.match(await mustPulumi(["preview"], options), /Resources:\n\s+8 unchanged/);
        }));
});

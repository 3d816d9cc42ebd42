import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { pathWithLanguages } from "../support/languages";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { type ProgramCommand, startProgramHost } from "../support/program-host";
import { mustPulumi } from "../support/pulumi";
import { buildGoExamples, compileJavaSdk, installPythonSdk, listExamples } from "../support/sdks";

const run = promisify(execFile);

const project = `name: story
runtime: nodejs
plugins:
    providers:
        - name: section
          path: ${path.resolve("plugin")}
`;

describe("SDKs of the plugin", () => {
    let work: string;
    let platform: RunningPlatform;
    before(async function generate() {
        const languages = await pathWithLanguages();
        if (languages === undefined) return this.skip();
        platform = await startPlatform();
        work = await mkdtemp(path.join(tmpdir(), "sdks-"));
        const options = { cwd: work, folder: work, environment: { PATH: languages } };
        await mustPulumi(["package", "gen-sdk", path.resolve("plugin/schema.json"), "--out", "sdk"], options);
    });
    after(async () => {
        await platform?.close();
        if (work !== undefined) await rm(work, { recursive: true, force: true });
    });

    const sdkOf = (language: string) => path.join(work, "sdk", language);

    /** Runs commands of the engine for a program. Each resolves with the output. */
    function withProgram(
        program: ProgramCommand,
        use: (command: (...args: string[]) => Promise<string>) => Promise<void>,
    ) {
        return withFolder(async (folder) => {
            const host = await startProgramHost(program);
            try {
                const cwd = path.join(folder, "project");
                await mkdir(cwd);
                await writeFile(path.join(cwd, "Pulumi.yaml"), project);
                const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
                const options = { cwd, folder, environment };
                await mustPulumi(["stack", "init", "test"], options);
                await use((command, ...args) =>
                    mustPulumi([command, "--stack", "test", "--client", host.address, ...args], options),
                );
            } finally {
                host.close();
            }
        });
    }

    /** A domain goes from nothing to an empty preview and back. */
    const applyDomain = (program: ProgramCommand) =>
        withProgram(program, async (pulumi) => {
            const applied = await pulumi("up", "--yes", "--skip-preview");
            assert.match(applied, /recordToSet: "shop 300 IN CNAME shop\.acme\.example\.[\w.-]+\."/);
            await pulumi("preview", "--expect-no-changes");
            await pulumi("destroy", "--yes", "--skip-preview");
            assert.deepEqual(await platform.api.get("/account"), []);
        });

    const previewExample = (program: ProgramCommand) =>
        withProgram(program, async (pulumi) => {
            assert.match(await pulumi("preview"), /\+ \d+ to create/);
        });

    it("in Python run every example", async function runPython() {
        const site = await installPythonSdk(sdkOf("python"), path.join(work, "site"));
        if (typeof site === "string") return this.skip();
        await run("python3", ["-m", "compileall", "-q", path.join(work, "site", "pulumi_section")]);
        for (const { name, folder } of listExamples()) {
            if (["agency", "client-site"].includes(name)) continue;
            const args = [path.resolve("test/support/python/main.py"), path.join(folder, "smallest.py")];
            const program = { file: "python3", args, environment: site };
            await (name === "domain" ? applyDomain(program) : previewExample(program));
        }
    });

    it("in Go run every example", async function runGo() {
        const built = await buildGoExamples(sdkOf("go"), await mkdtemp(path.join(work, "go-")));
        if (typeof built === "string") return this.skip();
        for (const { name } of listExamples()) {
            if (["agency", "client-site"].includes(name)) continue;
            const program = { file: path.join(built.programs, name) };
            await (name === "domain" ? applyDomain(program) : previewExample(program));
        }
    });

    it("compile in Java", async function compileJava() {
        const missing = await compileJavaSdk(sdkOf("java"), await mkdtemp(path.join(work, "java-")));
        if (missing !== undefined) this.skip();
    });
});

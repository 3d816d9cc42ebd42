import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { pathWithLanguages } from "../support/languages";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { type ProgramCommand, startProgramHost } from "../support/program-host";
import { mustPulumi } from "../support/pulumi";
import { hasType, type PackageSpec, type ResourceSpec } from "../support/pulumi-schema";
import { buildGoExamples, compileJavaSdk, installPythonSdk, listExamples } from "../support/sdks";

const run = promisify(execFile);

const projectOf = (runtime: string, program = "") => `name: story
runtime: ${runtime}
plugins:
    providers:
        - name: section
          path: ${path.resolve("plugin")}
${program}`;

interface Exported {
    deployment: { resources: { type: string; inputs: Record<string, unknown>; outputs: Record<string, unknown> }[] };
}

type Files = Record<string, unknown>;

const everyKind = `
variables:
    files:
        fn::invoke:
            function: section:configFrom
            arguments: { sources: ./proxy, variables: { ttl: 6h } }
            return: config
resources:
    acme:
        type: section:Organization
        properties: { name: Acme }
    bakery:
        type: section:Organization
        properties: { name: Bakery }
    bakery-team:
        type: section:Team
        properties:
            organization: \${bakery.id}
            members: { olga@agency.example: admin, olaf@acme.example: { role: readonly, until: 2099-12-31 } }
    acme-jane:
        type: section:Membership
        properties: { organization: "\${acme.id}", email: jane@agency.example, role: readonly, until: 2099-12-31 }
    acme-www:
        type: section:Application
        properties: { organization: "\${acme.id}", hostname: www.acme.example, origin: origin.acme.example }
    acme-staging:
        type: section:Environment
        properties:
            application: \${acme-www.id}
            name: Staging
            hostname: staging.acme.example
            origin: { address: origin.acme.example, httpPort: 8080, removeRequestHeaders: [x-debug] }
            origins: { other: other.acme.example }
            proxyChain: [{ name: varnish, image: "varnish:6.3.1" }]
            ipBlacklist: [192.0.2.0/24]
            config: \${files}
            ownership: managed
    acme-production:
        type: section:Environment
        properties: { application: "\${acme-www.id}", name: Production, promote: "\${acme-staging.seenHead}" }
    acme-shop:
        type: section:Domain
        properties: { environment: "\${acme-www.production}", hostname: shop.acme.example, certificate: acme }
`;

describe("the schema of the plugin", () => {
    it("is valid for the engine, which has of the plugin what the file says", () =>
        withFolder(async (folder) => {
            const options = { cwd: folder, folder, environment: {} };
            const file = path.resolve("plugin/schema.json");
            await mustPulumi(["schema", "check", file], options);
            const printed = await mustPulumi(
                ["package", "get-schema", path.resolve("plugin/pulumi-resource-section")],
                options,
            );
            assert.deepEqual(JSON.parse(printed), JSON.parse(await readFile(file, "utf8")));
        }));

    it("has the outputs that states have, with their types", async function applyProgram() {
        const languages = await pathWithLanguages();
        if (languages === undefined) return this.skip();
        const schema = JSON.parse(await readFile("plugin/schema.json", "utf8")) as PackageSpec;
        const platform = await startPlatform();
        try {
            await withFolder(async (folder) => {
                const cwd = path.join(folder, "project");
                await mkdir(cwd);
                await mkdir(path.join(cwd, "proxy/varnish"), { recursive: true });
                await writeFile(path.join(cwd, "proxy/varnish/readme.txt"), "kept for {{ttl}}\n");
                await writeFile(path.join(cwd, "proxy/varnish/picture.png"), Buffer.from([0, 1, 2]));
                await writeFile(path.join(cwd, "Pulumi.yaml"), projectOf("yaml", everyKind));
                const environment = {
                    PATH: languages,
                    SECTION_ENDPOINT: platform.url,
                    SECTION_TOKEN: platform.token,
                };
                const options = { cwd, folder, environment };
                await mustPulumi(["stack", "init", "test"], options);
                await mustPulumi(["up", "--yes", "--skip-preview"], options);
                // seenHead: what came to Staging goes live one later
                await mustPulumi(["up", "--yes", "--skip-preview"], options);
                await mustPulumi(["preview", "--expect-no-changes"], options);
                const { deployment } = JSON.parse(await mustPulumi(["stack", "export"], options)) as Exported;
                const made = deployment.resources.filter(({ type }) => type in schema.resources);
                assert.equal(new Set(made.map(({ type }) => type)).size, 6);
                const texts = made.map(({ inputs }) => (inputs.config as Files | undefined)?.["varnish/readme.txt"]);
                assert.ok(texts.includes("kept for 6h\n"), "configFrom reads the folder and fills in variables");
                for (const { type, outputs } of made) {
                    const { properties, required = [], inputProperties } = schema.resources[type] as ResourceSpec;
                    const missing = required.filter((key) => outputs[key] === undefined);
                    assert.deepEqual(missing, [], `${type} lacks outputs`);
                    for (const [key, value] of Object.entries(outputs)) {
                        const spec = properties[key] ?? inputProperties[key];
                        const isInternal = key.startsWith("__") || key === "id" || key === "files";
                        if (spec === undefined) assert.ok(isInternal, `${type}.${key} is not in the schema`);
                        else assert.ok(hasType(schema, value, spec), `${type}.${key}: ${JSON.stringify(value)}`);
                    }
                }
            });
        } finally {
            await platform.close();
        }
    });
});

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
                await writeFile(path.join(cwd, "Pulumi.yaml"), projectOf("nodejs"));
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
            const args = [path.resolve("test/support/python/main.py"), path.join(folder, "smallest.py")];
            const program = { file: "python3", args, environment: site };
            await (name === "domain" ? applyDomain(program) : previewExample(program));
        }
    });

    it("in Go compile every example, and run one", async function runGo() {
        const built = await buildGoExamples(sdkOf("go"), await mkdtemp(path.join(work, "go-")), "domain");
        if (typeof built === "string") return this.skip();
        await applyDomain({ file: built.program });
    });

    it("are used by the examples as the engine writes them of their YAML", async () => {
        const { writeExamples } = (await import(path.resolve("tools/language-examples.mjs"))) as {
            writeExamples(say: () => void, examples: string[], placeOf: () => string): Promise<void>;
        };
        // lint sees whether any has changed since the engine wrote them; one is enough to see whether the engine has
        const example = path.resolve("examples/reference/team");
        const folder = await mkdtemp(path.join(work, "example-"));
        await writeExamples(
            () => {},
            [example],
            () => folder,
        );
        for (const name of ["smallest.ts", "smallest.py", "smallest.go"]) {
            const [made, ours] = await Promise.all(
                [folder, example].map((each) => readFile(path.join(each, name), "utf8")),
            );
            assert.equal(made, ours, name);
        }
    });

    it("compile in Java", async function compileJava() {
        const missing = await compileJavaSdk(sdkOf("java"), await mkdtemp(path.join(work, "java-")));
        if (missing !== undefined) this.skip();
    });
});

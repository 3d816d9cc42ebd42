import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathWithLanguages } from "../support/languages";
import { withFolder } from "../support/platform";
import { makeBareProject } from "../support/plugin-project";
import { mustPulumi } from "../support/pulumi";

const schema = {
    name: "sample",
    version: "1.2.3",
    config: { variables: { endpoint: { type: "string" } } },
    resources: {
        "sample:index:Thing": {
            description: "A thing that has a name.",
            inputProperties: { name: { type: "string" } },
            requiredInputs: ["name"],
            properties: { name: { type: "string" } },
            required: ["name"],
        },
    },
    language: { go: { importBasePath: "sample.example/sdk/go/sample" } },
};

/** The file of an SDK that has the class of a resource. */
const classes = {
    dotnet: "Thing.cs",
    go: "sample/thing.go",
    java: "src/main/java/com/pulumi/sample/Thing.java",
    nodejs: "thing.ts",
    python: "pulumi_sample/thing.py",
};

/** Of `pulumi convert`: the name of the language -> the file of a program, and the stack reference in it. */
const programs: Record<string, [string, RegExp]> = {
    csharp: ["Program.cs", /new Pulumi\.StackReference\("other"/],
    go: ["main.go", /pulumi\.NewStackReference\(ctx, "other"/],
    java: ["src/main/java/generated_program/App.java", /new StackReference\("other"/],
    python: ["__main__.py", /pulumi\.StackReference\("other"/],
    typescript: ["index.ts", /new pulumi\.StackReference\("other"/],
};

const program = `name: sample
runtime: yaml
resources:
    other:
        type: pulumi:pulumi:StackReference
        properties: { name: organization/project/stack }
`;

describe("the language hosts", () => {
    let languages: string;
    before(async function findLanguages() {
        const found = await pathWithLanguages();
        if (found === undefined) return this.skip();
        languages = found;
    });

    it("write the SDKs of a schema", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "schema.json");
            await writeFile(file, JSON.stringify(schema));
            const options = { cwd: folder, folder, environment: { PATH: languages } };
            await mustPulumi(["package", "gen-sdk", file, "--out", "sdk"], options);
            for (const [language, name] of Object.entries(classes))
                assert.match(
                    await readFile(path.join(folder, "sdk", language, name), "utf8"),
                    /A thing that has a name/,
                    language,
                );
            assert.ok(existsSync(path.join(folder, "sdk/dotnet/logo.png")), "without a download");
            // some versions of Pulumi's code write other paths when Go 1.26 has compiled them
            assert.match(await readFile(path.join(folder, "sdk/nodejs/config/vars.ts"), "utf8"), /"\.\.\/utilities"/);
        }));

    it("add the plugin to a program, and say what is left to the package manager", () =>
        withFolder(async (folder) => {
            const platform = { url: "http://127.0.0.1:9", token: "unused" };
            for (const language of ["python", "go"]) {
                const project = await makeBareProject(language, {
                    folder: path.join(folder, language),
                    languages,
                    platform,
                });
                const said = await project.must("package", "add", "./node_modules/pulumi-resource-section/engine");
                assert.match(said, /The SDK is in sdks\/section: make it a package of the project/);
                assert.match(said, /The packages of the program are not installed/);
            }
        }));

    it("write a YAML program in every other language", () =>
        withFolder(async (folder) => {
            const cwd = path.join(folder, "project");
            await mkdir(cwd);
            await writeFile(path.join(cwd, "Pulumi.yaml"), program);
            const options = { cwd, folder, environment: { PATH: languages } };
            for (const [language, [name, found]] of Object.entries(programs)) {
                const out = path.join(folder, language);
                const how = ["--from", "yaml", "--language", language, "--out", out, "--generate-only"];
                await mustPulumi(["convert", ...how], options);
                assert.match(await readFile(path.join(out, name), "utf8"), found, language);
            }
        }));
});

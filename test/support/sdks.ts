import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { isInstalled } from "./outside-program";
import { prepared } from "./prepared";

const run = promisify(execFile);
const minutesMs = 60_000;

// generated code needs this version or a later one
const pythonPackages = ["pulumi==3.272.0", "parver==0.5", "semver==3.0.4", "setuptools==80.9.0"];
const goSdk = "v3.218.0";
const javaSdk = "1.16.0";

/** What a machine lacks whose package manager has found no registry. */
const notReached = ({ message }: Error) => ({ missing: `packages could not be fetched: ${message.split("\n", 1)}` });

/** The folders of examples that have a program in every language. */
export function listExamples(): { name: string; folder: string }[] {
    const root = path.resolve("examples/reference");
    const all = readdirSync(root).map((name) => ({ name, folder: path.join(root, name) }));
    return all.filter(({ folder }) => existsSync(path.join(folder, "smallest.yaml")));
}

/** The value of PYTHONPATH with Pulumi's SDK and a generated one; or what this machine lacks. */
export async function installPythonSdk(sdk: string, into: string): Promise<{ PYTHONPATH: string } | string> {
    if (!(await isInstalled("python3", "-m", "pip", "--version"))) return "python3 with pip is not installed";
    const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    const pulumi = await prepared("python-sdk", pythonPackages.join(), async (target) => {
        await run("python3", [...install, "--target", target, ...pythonPackages], { timeout: 10 * minutesMs });
    }).catch(notReached);
    if (typeof pulumi !== "string") return pulumi.missing;
    const offline = ["--no-deps", "--no-index", "--no-build-isolation"];
    await run("python3", [...install, ...offline, "--target", into, sdk], {
        env: { ...process.env, PYTHONPATH: pulumi },
        timeout: 5 * minutesMs,
    });
    return { PYTHONPATH: [into, pulumi].join(path.delimiter) };
}

/**
 * Compiles the examples against a generated SDK, and links one. Resolves with that program, or what this machine lacks.
 */
export async function buildGoExamples(
    sdk: string,
    folder: string,
    linked: string,
): Promise<{ program: string } | string> {
    if (!(await isInstalled("go", "version"))) return "go is not installed";
    for (const { name, folder: from } of listExamples()) {
        await mkdir(path.join(folder, name), { recursive: true });
        await cp(path.join(from, "smallest.go"), path.join(folder, name, "main.go"));
    }
    const ours = "pulumi-section.example/pulumi-section/sdk/go";
    const lines = [
        "module section.test/examples",
        "go 1.24",
        `require github.com/pulumi/pulumi/sdk/v3 ${goSdk}`,
        `require ${ours} v0.0.0`,
        `replace ${ours} => ${sdk}`,
    ];
    await writeFile(path.join(folder, "go.mod"), lines.join("\n"));
    const program = path.join(folder, "bin", linked);
    const env = { ...process.env, GOFLAGS: "-mod=mod", GOWORK: "off" };
    for (const build of [["./..."], ["-o", program, `./${linked}`]])
        await run("go", ["build", ...build], { cwd: folder, env, timeout: 10 * minutesMs });
    return { program };
}

/** Compiles a generated SDK. Resolves with what this machine lacks, if anything. */
export async function compileJavaSdk(sdk: string, into: string): Promise<string | undefined> {
    for (const tool of ["mvn", "javac"]) if (!(await isInstalled(tool, "-version"))) return `${tool} is not installed`;
    const libraries = await prepared("java-sdk", javaSdk, async (target) => {
        const dependency = `<groupId>com.pulumi</groupId><artifactId>pulumi</artifactId><version>${javaSdk}</version>`;
        const project = "<groupId>test</groupId><artifactId>sdk</artifactId><version>1</version>";
        const pom = path.join(target, "pom.xml");
        await writeFile(
            pom,
            `<project><modelVersion>4.0.0</modelVersion>${project}<dependencies><dependency>${dependency}</dependency></dependencies></project>`,
        );
        const copy = ["dependency:copy-dependencies", `-DoutputDirectory=${target}`];
        await run("mvn", ["--quiet", "--batch-mode", "--file", pom, ...copy], { timeout: 10 * minutesMs });
    }).catch(notReached);
    if (typeof libraries !== "string") return libraries.missing;
    const sources = (await readdir(path.join(sdk, "src"), { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.name.endsWith(".java"))
        .map((entry) => path.join(entry.parentPath, entry.name));
    await run("javac", ["-nowarn", "-d", into, "-cp", path.join(libraries, "*"), ...sources], {
        timeout: 5 * minutesMs,
    });
    return undefined;
}

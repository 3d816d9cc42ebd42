import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { runBash } from "./ci";
import { mustPulumi, type PulumiOptions } from "./pulumi";

const run = promisify(execFile);
const bin = path.resolve("node_modules/.bin");

/** A package.json. */
export interface Manifest {
    main?: string;
    type?: string;
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
}

export type PackageManager = "npm" | "pnpm" | "yarn";

export async function editManifest(file: string, change: (manifest: Manifest) => void): Promise<void> {
    const manifest: Manifest = JSON.parse(await readFile(file, "utf8"));
    change(manifest);
    await writeFile(file, JSON.stringify(manifest, undefined, 4));
}

/** The lines that `npm run pack` prints for a package manager, once it has packed everything into the project. */
async function packInto(cwd: string, manager: PackageManager): Promise<string> {
    const { stdout } = await run(process.execPath, [path.resolve("tools/pack.mjs"), "--into", `${cwd}/packages`]);
    const lines = new RegExp(`^with ${manager}:\\n((?: {2}.*\\n)+)`, "m").exec(stdout)?.[1];
    if (lines === undefined) throw new Error(`npm run pack prints nothing for ${manager}:\n${stdout}`);
    return lines;
}

/** A project from the template, as the quickstart makes it: with the packages of this checkout. */
export async function makeOwnProject(options: PulumiOptions, manager: PackageManager): Promise<void> {
    const { cwd } = options;
    await mkdir(cwd, { recursive: true });
    const template = path.resolve("templates/section-agency-typescript");
    const named = ["--name", "our-agency", "--description", "Our clients"];
    await mustPulumi(["new", template, "--generate-only", "--yes", ...named], options);
    const environment = { ...process.env, CI: "1", npm_config_prefer_offline: "true" };
    const found = `${bin}${path.delimiter}${process.env.PATH}`;
    const { code, output } = await runBash(await packInto(cwd, manager), cwd, { ...environment, PATH: found });
    if (code !== 0) throw new Error(`what npm run pack prints for ${manager} fails:\n${output}`);
}

import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import type { RunningPlatform } from "./platform";
import { mustPulumi, type PulumiOptions, type PulumiRun, pulumi } from "./pulumi";

/** A project that uses the plugin of this checkout, with a stack. Files are named from its folder. */
export interface PluginProject {
    /** The output of a command of the engine that has to succeed. */
    must(...args: string[]): Promise<string>;
    run(...args: string[]): Promise<PulumiRun>;
    read(file: string): Promise<string>;
    write(file: string, text: string): Promise<void>;
    /** Replaces text in a file, which has to contain it. */
    edit(file: string, from: string, to: string): Promise<void>;
}

interface ProjectOptions {
    folder: string;
    /** PATH with the language hosts. */
    languages: string;
    platform: Pick<RunningPlatform, "url" | "token">;
}

const plugin = "node_modules/pulumi-resource-section";

const projectOf = ({ folder }: ProjectOptions) => path.join(folder, "project");

/** Makes the stack of a project that is in its folder. */
async function openProject(given: ProjectOptions): Promise<PluginProject> {
    const { folder, languages, platform } = given;
    const cwd = projectOf(given);
    const environment = {
        PATH: languages,
        SECTION_ENDPOINT: platform.url,
        SECTION_TOKEN: platform.token,
        npm_config_prefer_offline: "true",
    };
    const options: PulumiOptions = { cwd, folder, environment };
    const read = (file: string) => readFile(path.join(cwd, file), "utf8");
    const write = (file: string, text: string) => writeFile(path.join(cwd, file), text);
    // the host of YAML programs keeps the schema beside the plugin, and does not see a newer one
    for (const kept of ["schema-section.json", "engine/schema-section.json"])
        await rm(path.resolve(plugin, kept), { force: true });
    await mustPulumi(["stack", "init", "story"], options);
    return {
        must: (...args) => mustPulumi(args, options),
        run: (...args) => pulumi(args, options),
        read,
        write,
        edit: async (file, from, to) => {
            const text = await read(file);
            if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
            await write(
                file,
                text.replace(from, () => to),
            );
        },
    };
}

/** A copy of an example, with the plugin of this checkout. */
export async function openExample(example: string, options: ProjectOptions): Promise<PluginProject> {
    const cwd = projectOf(options);
    await cp(path.resolve("examples", example), cwd, { recursive: true });
    const file = path.join(cwd, "Pulumi.yaml");
    await writeFile(file, (await readFile(file, "utf8")).replace(`../../${plugin}`, path.resolve(plugin)));
    return openProject(options);
}

/** The settings of a project: its runtime and where the plugin is. */
function writeSettings(cwd: string, runtime: string, program = ""): Promise<void> {
    const providers = JSON.stringify([{ name: "section", path: path.resolve(plugin) }]);
    const settings = `name: story\nruntime: ${runtime}\nplugins: { providers: ${providers} }\n`;
    return writeFile(path.join(cwd, "Pulumi.yaml"), settings + program);
}

/** A project in YAML. `program` is the text from `variables` or `resources` on. */
export async function makeYamlProject(program: string, options: ProjectOptions): Promise<PluginProject> {
    const cwd = projectOf(options);
    await mkdir(cwd, { recursive: true });
    await writeSettings(cwd, "yaml", program);
    return openProject(options);
}

/** A project that does not name the plugin, as `pulumi package add` finds it. It has a link to it in node_modules. */
export async function makeBareProject(runtime: string, options: ProjectOptions): Promise<PluginProject> {
    const cwd = projectOf(options);
    await mkdir(path.join(cwd, "node_modules"), { recursive: true });
    await symlink(path.resolve("plugin"), path.join(cwd, plugin));
    await writeFile(path.join(cwd, "Pulumi.yaml"), `name: story\nruntime: ${runtime}\n`);
    return openProject(options);
}

/** A project in TypeScript, whose types are checked. It has the packages of this checkout. */
export async function makeTypeScriptProject(program: string, options: ProjectOptions): Promise<PluginProject> {
    const cwd = projectOf(options);
    await mkdir(cwd, { recursive: true });
    await writeSettings(cwd, "nodejs");
    await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
    await writeFile(path.join(cwd, "package.json"), JSON.stringify({ main: "index.ts" }));
    await writeFile(path.join(cwd, "index.ts"), program);
    return openProject(options);
}

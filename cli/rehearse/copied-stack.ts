import { randomBytes } from "node:crypto";
import { appendFile, copyFile, mkdir, readdir, symlink } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type EngineOptions, pluginFolder, runEngine } from "../engine/engine";
import { engineRefusal } from "../engine/engine-refusal";
import { findProjectFile } from "../engine/project";
import { saveOnce } from "../engine/quick-run";
import { type StackChoice, stackArguments } from "../engine/stack-config";
import { type Exchange, exchangeToken, rewriteExport } from "./stack-text";

/** A stack of the same project and name, with the same state and config, in a folder of its own. */
export interface CopiedStack {
    name: string;
    /** Variables for every command of the engine that works on it. */
    args: readonly string[];
    environment: Readonly<Record<string, string>>;
}

interface ConfigEntry {
    value?: string;
    objectValue?: unknown;
    secret?: boolean;
}

async function must(what: string, args: readonly string[], options: EngineOptions): Promise<string> {
    const answer = await runEngine(args, options);
    if (answer.code === 0) return answer.stdout;
    throw engineRefusal(`${what} failed`, answer);
}

/** Makes an empty stack, as its project has it; returns the file with its config. */
async function makeStack(
    name: string,
    cwd: string,
    folder: string,
    environment: CopiedStack["environment"],
): Promise<string> {
    const project = path.join(folder, "project");
    await mkdir(folder, { mode: 0o700 });
    for (const each of ["project", "state", "home"]) await mkdir(path.join(folder, each), { mode: 0o700 });
    await symlink(pluginFolder(), path.join(folder, "home", "plugins"));
    const original = await findProjectFile(cwd);
    await copyFile(original, path.join(project, path.basename(original)));
    await must(
        "making the stack of the rehearsal",
        ["stack", "init", name, "--no-select", "--secrets-provider", "passphrase"],
        { cwd: project, environment },
    );
    const made = await readdir(project, { recursive: true });
    return path.join(
        project,
        made.find((file) => path.basename(file) === `Pulumi.${name}.yaml`) ?? `Pulumi.${name}.yaml`,
    );
}

/** Writes the config: secrets go to the engine through its stdin, and into the file as it encrypts them. */
async function writeConfig(
    entries: Record<string, ConfigEntry>,
    file: string,
    options: EngineOptions & { args: readonly string[] },
    exchange: Exchange,
) {
    const open = Object.entries(entries).filter(([, { secret }]) => secret !== true);
    const clear = Object.fromEntries(open.map(([key, { value, objectValue }]) => [key, objectValue ?? value]));
    if (open.length > 0) await appendFile(file, `config: ${exchangeToken(JSON.stringify(clear), exchange)}\n`);
    for (const [key, { value = "", secret }] of Object.entries(entries)) {
        if (secret !== true) continue;
        const raw = /[\r\n]$/.test(value) ? ["--raw"] : [];
        await must(`copying the config ${key}`, ["config", "set", key, "--secret", ...raw, ...options.args], {
            ...options,
            stdin: exchangeToken(value, exchange),
        });
    }
}

/**
 * Copies a stack with its whole state into a folder, with a backend, an engine's home and a secret passphrase of its
 * own. Secrets go through pipes and are nowhere in clear on disk. The original stack is only read.
 */
export async function copyStack(
    choice: StackChoice,
    name: string,
    folder: string,
    exchange: Exchange,
): Promise<CopiedStack> {
    const { cwd = "." } = choice;
    const selected = stackArguments(choice);
    const recorded = await must("reading the stack", ["stack", "export", "--show-secrets", ...selected], { cwd });
    const config = JSON.parse(
        await must("reading the config", ["config", "--json", "--show-secrets", ...selected], { cwd }),
    );
    const environment = {
        ...saveOnce, // nobody goes on with it after a kill
        PULUMI_HOME: path.join(folder, "home"),
        PULUMI_BACKEND_URL: pathToFileURL(path.join(folder, "state")).href,
        PULUMI_CONFIG_PASSPHRASE: randomBytes(24).toString("base64url"),
        PULUMI_CONFIG_PASSPHRASE_FILE: "",
        PULUMI_ACCESS_TOKEN: "",
        PULUMI_STACK: "",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
        NO_COLOR: "1",
        SECTION_REHEARSAL: "true",
        SECTION_ENDPOINT: exchange.copy.endpoint,
        SECTION_TOKEN: exchange.copy.token,
        SECTION_TOKEN_FILE: "",
    };
    const file = await makeStack(name, cwd, folder, environment);
    const args = ["--stack", name, "--config-file", file];
    await writeConfig(config, file, { cwd, environment, args }, exchange);
    const empty = await must("reading the new stack", ["stack", "export", "--stack", name], {
        cwd: path.dirname(file),
        environment,
    });
    const stdin = rewriteExport(recorded, exchange, empty);
    await must("copying the state", ["stack", "import", "--stack", name], {
        cwd: path.dirname(file),
        environment,
        stdin,
    });
    return { name, args, environment };
}

// Makes sure of the Pulumi engine: on PATH, else in our cache, else the official download, else built from its Go
// modules.
import { execFile } from "node:child_process";
import { access, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { buildEngine, writeScripts } from "./build-engine.mjs";
import { withLock } from "./lock.mjs";

const run = promisify(execFile);

export const engineVersion = "3.259.0";
const oldest = [3, 216];
const probeMs = 8_000;

/** The folder in which engines are kept, outside of the checkout. */
export const cacheFolder = path.join(
    process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache"),
    "pulumi-section",
    "pulumi",
);

async function versionOf(pulumi) {
    try {
        const { stdout } = await run(pulumi, ["version"], {
            timeout: 30_000,
            env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
        });
        return stdout.trim().replace(/^v/, "");
    } catch {
        return undefined;
    }
}

function isRecent(version) {
    const [major = 0, minor = 0] = (version ?? "").split(".").map(Number);
    return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

async function findOnPath() {
    for (const folder of (process.env.PATH ?? "").split(path.delimiter).filter(Boolean)) {
        const pulumi = path.join(folder, "pulumi");
        const hasHost = await access(path.join(folder, "pulumi-language-nodejs")).then(
            () => true,
            () => false,
        );
        if (hasHost && isRecent(await versionOf(pulumi))) return folder;
    }
    return undefined;
}

async function download(root, say) {
    try {
        await fetch("https://get.pulumi.com/", { method: "HEAD", signal: AbortSignal.timeout(probeMs) });
    } catch {
        return false;
    }
    try {
        say(`downloading the Pulumi engine ${engineVersion}`);
        const load = createRequire(import.meta.url); // after the packages are installed
        const { PulumiCommand } = load("@pulumi/pulumi/automation");
        const { SemVer } = load("semver");
        await PulumiCommand.install({ root, version: new SemVer(engineVersion) });
        return true;
    } catch (error) {
        say(`the download failed (${error.message.split("\n")[0]})`);
        return false;
    }
}

/**
 * The folder with `pulumi` and the programs that it needs to run Node programs.
 *
 * @param say told the progress, one line at a time
 */
export async function findEngine(say = () => {}) {
    const onPath = await findOnPath();
    if (onPath !== undefined) return onPath;
    const root = path.join(cacheFolder, engineVersion);
    const bin = path.join(root, "bin");
    const isReady = async () => (await versionOf(path.join(bin, "pulumi"))) === engineVersion;
    if (await isReady()) {
        const isOurs = await access(path.join(bin, "language-host.cjs")).then(
            () => true,
            () => false,
        );
        if (isOurs) await writeScripts(bin); // they belong to this version of the repository
        return bin;
    }
    await mkdir(cacheFolder, { recursive: true });
    return withLock(`${root}.lock`, say, async () => {
        if (await isReady()) return bin;
        if (!(await download(root, say)) || !(await isReady()))
            await buildEngine({ version: engineVersion, root, say });
        return bin;
    });
}

/** The environment in which the engine works offline, quietly and with no state but the given one. */
export function engineEnvironment(bin, folder, passphrase) {
    return {
        PATH: `${bin}${path.delimiter}${process.env.PATH}`,
        PULUMI_HOME: path.join(folder, "pulumi-home"),
        PULUMI_BACKEND_URL: `file://${path.join(folder, "pulumi-state")}`,
        PULUMI_CONFIG_PASSPHRASE: passphrase,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    };
}

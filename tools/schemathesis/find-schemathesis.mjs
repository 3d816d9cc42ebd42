// Makes sure of Schemathesis, which fuzzes an API by its description: in our cache, else installed there from PyPI
// (seconds, once per machine).
import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { withLock } from "../pulumi/lock.mjs";

const run = promisify(execFile);

// the cases of a seed depend on both
const packages = ["schemathesis==4.32.5", "hypothesis==6.170.17"];
const cacheFolder = path.join(
    process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache"),
    "pulumi-section",
    "schemathesis",
);

function isThere(file) {
    return access(file).then(
        () => true,
        () => false,
    );
}

async function install(root) {
    const folder = await mkdtemp(`${root}.install-`);
    try {
        await run("python3", ["-m", "venv", folder]);
        await run(
            path.join(folder, "bin", "python"),
            ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages],
            { timeout: 600_000 },
        );
        await rm(root, { recursive: true, force: true });
        await rename(folder, root);
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/** Says what this machine lacks to install it, if anything. */
export async function missingForSchemathesis() {
    return run("python3", ["-c", "import ensurepip, sys; sys.exit(sys.version_info < (3, 10))"]).then(
        () => undefined,
        () => "python3 3.10 or newer with its module venv is not installed",
    );
}

/**
 * The Python that has it as a module: run it with `-m schemathesis.cli`.
 *
 * @param say told the progress, one line at a time
 */
export async function findSchemathesis(say = () => {}) {
    const root = path.join(cacheFolder, packages.join("+").replaceAll("==", "-"));
    const python = path.join(root, "bin", "python");
    if (await isThere(python)) return python;
    const missing = await missingForSchemathesis();
    if (missing !== undefined) throw new Error(`${missing}: install it, then run this again`);
    await mkdir(cacheFolder, { recursive: true });
    return withLock(`${root}.lock`, say, async () => {
        if (await isThere(python)) return python;
        say(`installing ${packages.join(" and ")}, once for this machine`);
        await install(root);
        return python;
    });
}

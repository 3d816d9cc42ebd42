// Makes sure of Pebble, the test server of Let's Encrypt: in our cache, else built from its Go modules (a minute, once
// per machine).
import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { withLock } from "../pulumi/lock.mjs";

const run = promisify(execFile);

const version = "v2.10.1";
const cacheFolder = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache"), "pulumi-section", "pebble");

function isThere(file) {
    return access(file).then(
        () => true,
        () => false,
    );
}

async function build(root) {
    const folder = await mkdtemp(`${root}.build-`);
    try {
        const environment = { ...process.env, GOBIN: folder, GOFLAGS: "-mod=mod", GOWORK: "off" };
        await run("go", ["install", `github.com/letsencrypt/pebble/v2/cmd/pebble@${version}`], {
            cwd: folder,
            env: environment,
        });
        await rm(root, { recursive: true, force: true });
        await rename(folder, root);
    } catch (error) {
        if (error.code === "ENOENT")
            throw new Error("go is not on PATH: install go 1.24 or newer, then run this again");
        throw error;
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/**
 * The program `pebble`.
 *
 * @param say told the progress, one line at a time
 */
export async function findPebble(say = () => {}) {
    const root = path.join(cacheFolder, version);
    const pebble = path.join(root, "pebble");
    if (await isThere(pebble)) return pebble;
    await mkdir(cacheFolder, { recursive: true });
    return withLock(`${root}.lock`, say, async () => {
        if (await isThere(pebble)) return pebble;
        say(`building Pebble ${version} from its Go modules, once for this machine`);
        await build(root);
        return pebble;
    });
}

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * The folder with `node` of the newest release of a major version, kept in the cache of this machine. npm has Node as
 * packages, one for each kind of machine.
 */
export async function findNode(major: string): Promise<string> {
    const { cacheFolder } = (await import(path.resolve("tools/pulumi/find-engine.mjs"))) as { cacheFolder: string };
    const name = `node-${process.platform}-${process.arch}`;
    const folder = path.join(path.dirname(cacheFolder), "node", major);
    const bin = path.join(folder, "node_modules", name, "bin");
    if (!existsSync(path.join(bin, "node"))) {
        await mkdir(folder, { recursive: true });
        await run("npm", ["install", "--prefix", folder, "--no-save", `${name}@${major}`]);
    }
    return bin;
}

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const cache = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache"), "pulumi-section", "git-clients");

/** Whether a command is there and ends well. */
export async function isInstalled(command: string, ...args: string[]): Promise<boolean> {
    return run(command, args).then(
        () => true,
        () => false,
    );
}

/** A folder made once for what `source` holds, all or nothing. */
export async function prepared(name: string, source: string, make: (folder: string) => Promise<void>): Promise<string> {
    const target = path.join(cache, `${name}-${createHash("sha256").update(source).digest("hex").slice(0, 16)}`);
    if (existsSync(target)) return target;
    await mkdir(cache, { recursive: true });
    const folder = await mkdtemp(path.join(tmpdir(), `${name}-`));
    try {
        await make(folder);
        await cp(folder, `${target}.${process.pid}`, { recursive: true });
        await rename(`${target}.${process.pid}`, target).catch(() => rm(`${target}.${process.pid}`, { recursive: true, force: true })); // another one was first
        return target;
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/** A program of ours in Go, built once for what its folder holds; or what is missing on this machine. */
export async function builtFromGo(folder: string): Promise<{ program: string } | { missing: string }> {
    if (!(await isInstalled("go", "version"))) return { missing: "go is not installed" };
    const source = path.resolve(folder);
    const texts = await Promise.all((await readdir(source)).sort().map((name) => readFile(path.join(source, name), "utf8")));
    const built = await prepared(path.basename(source), texts.join(), async (target) => {
        const environment = { ...process.env, GOWORK: "off" };
        await run("go", ["build", "-o", path.join(target, "client"), "."], { cwd: source, env: environment, timeout: 600_000 });
    });
    return { program: path.join(built, "client") };
}

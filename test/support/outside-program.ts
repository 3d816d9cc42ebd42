import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { prepared } from "./prepared";

const run = promisify(execFile);

/** True when a command exists and succeeds. */
export async function isInstalled(command: string, ...args: string[]): Promise<boolean> {
    return run(command, args).then(
        () => true,
        () => false,
    );
}

/** A program of ours in Go, built once per content of its folder; or the tool that this machine lacks. */
export async function builtFromGo(folder: string): Promise<{ program: string } | { missing: string }> {
    if (!(await isInstalled("go", "version"))) return { missing: "go is not installed" };
    const source = path.resolve(folder);
    const texts = await Promise.all(
        (await readdir(source)).sort().map((name) => readFile(path.join(source, name), "utf8")),
    );
    const built = await prepared(path.basename(source), texts.join(), async (target) => {
        const environment = { ...process.env, GOWORK: "off" };
        await run("go", ["build", "-o", path.join(target, "client"), "."], {
            cwd: source,
            env: environment,
            timeout: 600_000,
        });
    });
    return { program: path.join(built, "client") };
}

import assert from "node:assert/strict";
import { readdir, readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { signUpOffline } from "../support/offline";
import { startOlderEndpoint } from "../support/older-endpoint";
import { spawnPlatform, withFolder, withTemporaryFolder } from "../support/platform";
import { mustPulumi, type PulumiOptions, pulumi, startPulumi } from "../support/pulumi";

/** Every file below a folder that holds one of the secrets. */
async function filesWith(folder: string, secrets: string[]): Promise<{ looked: number; found: string[] }> {
    let looked = 0;
    const found: string[] = [];
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const file = path.join(entry.parentPath, entry.name);
        const data = await readFile(file).catch(() => Buffer.alloc(0));
        looked += 1;
        if (secrets.some((secret) => data.includes(secret))) found.push(file);
    }
    return { looked, found };
}

/** Looks at the command lines of every process, and at the config of this test's clones, while `work` runs. */
async function watch(
    secrets: string[],
    work: () => Promise<void>,
): Promise<{ lines: number; clones: number; found: string[] }> {
    const seen = new Set<string>();
    const clones = new Set<string>();
    const found: string[] = [];
    let isOver = false;
    const looking = (async () => {
        while (!isOver) {
            for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
                const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
                seen.add(line);
                if (secrets.some((secret) => line.includes(secret))) found.push(line.replaceAll("\0", " "));
            }
            for (const name of (await readdir(tmpdir())).filter((each) => each.startsWith("pulumi-section-"))) {
                const config = path.join(tmpdir(), name, "clone", ".git", "config");
                const text = await readFile(config, "utf8").catch(() => "");
                if (text !== "") clones.add(config);
                if (secrets.some((secret) => text.includes(secret))) found.push(config);
            }
            await new Promise((resolve) => setTimeout(resolve, 3));
        }
    })();
    await work().finally(() => {
        isOver = true;
    });
    await looking;
    return { lines: seen.size, clones: clones.size, found };
}

describe("secrets", () => {
    it("are nowhere in clear: state, logs, command lines, output, repositories, database", () =>
        // in a folder of its own, so that it sees no clones of other tests
        withTemporaryFolder(() =>
            withFolder(async (folder) => {
                const data = path.join(folder, "platform");
                const token = await signUpOffline(data, "olga@agency.example");
                const basic = Buffer.from(`section-token:${token}`).toString("base64");
                const secrets = [token, basic, encodeURIComponent(token)];
                const platform = await spawnPlatform(data, { environment: { SECTION_PLATFORM_LOG_LEVEL: "debug" } });
                // content goes by git there
                const older = await startOlderEndpoint(platform.url, "environment.commit");
                const options: PulumiOptions = { cwd: path.resolve("."), folder, environment: {} };
                const useEndpoint = (url: string) =>
                    mustPulumi(["config", "set", "section:endpoint", url, "--stack", "secret"], options);
                const outputs: string[] = [];
                try {
                    await mustPulumi(["stack", "init", "secret"], options);
                    // as stack config, so that the token passes through everything that Pulumi writes
                    await useEndpoint(older.url);
                    const setting = await startPulumi(
                        ["config", "set", "--secret", "section:token", "--stack", "secret"],
                        {
                            ...options,
                            stdin: `${token}\n`,
                        },
                    );
                    assert.equal((await setting.finished).code, 0, (await setting.finished).output);
                    const seen = await watch(secrets, async () => {
                        outputs.push(
                            await mustPulumi(
                                ["up", "--yes", "--skip-preview", "--stack", "secret", "--logtostderr", "-v=4"],
                                options,
                            ),
                        );
                        await useEndpoint(platform.url);
                        outputs.push(
                            await mustPulumi(["refresh", "--yes", "--skip-preview", "--stack", "secret"], options),
                        );
                    });
                    assert.deepEqual(seen.found, []);
                    assert.ok(seen.clones > 5, `${seen.clones} clones were seen`);
                    outputs.push((await pulumi(["stack", "export", "--stack", "secret"], options)).output);
                    assert.ok(
                        outputs.every((output) => secrets.every((secret) => !output.includes(secret))),
                        "it was printed",
                    );
                    const { looked, found } = await filesWith(folder, secrets);
                    assert.deepEqual(found, []);
                    assert.ok(looked > 200 && (await stat(path.join(data, "database"))).isDirectory());
                    assert.ok(!(await readFile("Pulumi.secret.yaml", "utf8")).includes(token));
                    console.log(
                        `      ${looked} files, ${seen.lines} command lines, ${seen.clones} clones, ${outputs.join("").length} characters of output: 0 with a secret`,
                    );
                } finally {
                    await pulumi(["destroy", "--yes", "--skip-preview", "--stack", "secret"], options);
                    await pulumi(["stack", "rm", "--yes", "--force", "secret"], options);
                    await older.close();
                    await platform.stop();
                }
            }),
        ));
});

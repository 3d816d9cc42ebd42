import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { Api } from "../../support/api";
import { openArchive } from "../../support/backup-archive";
import { signUpOffline } from "../../support/offline";
import { sectionPlatform, spawnPlatform, withFolder } from "../../support/platform";
import { freshDatabase, storeKinds } from "../../support/stores";

interface Ran {
    code: number;
    stdout: Buffer;
    stderr: string;
}

function run(
    args: string[],
    { environment = {}, stdin }: { environment?: Record<string, string>; stdin?: Buffer } = {},
): Promise<Ran> {
    return new Promise((resolve) => {
        const options = {
            env: { ...process.env, ...environment },
            encoding: "buffer" as const,
            maxBuffer: 1024 * 1024 * 1024,
        };
        const child = execFile(process.execPath, [sectionPlatform, ...args], options, (error, stdout, stderr) =>
            resolve({ code: Number(error?.code ?? 0), stdout, stderr: stderr.toString() }),
        );
        child.stdin?.end(stdin ?? "");
    });
}

describe("section-platform backup and restore", function () {
    this.timeout(180_000);

    it("while the platform serves, and while nobody does; to a file, and through a pipe", () =>
        withFolder(async (folder) => {
            const data = path.join(folder, "data");
            const token = await signUpOffline(data, "olga@agency.example");
            const platform = await spawnPlatform(data);
            const { application } = await new Api(platform.url, token).makeSite("Acme", "www.acme.example");
            const file = path.join(folder, "nightly.tar.gz");
            await writeFile(file, "the one of yesterday");
            const served = await run(["backup", file, "--data-dir", data]);
            assert.equal(served.code, 0, served.stderr);
            assert.match(
                served.stderr,
                /^backup: 1 applications, 10 rows, [\d.]+ kB in \d+\.\d s \([\d.]+ kB\/s\); with the secret key: keep it as safe as the platform\n$/m,
            );
            assert.equal((await stat(file)).mode & 0o777, 0o600);
            assert.deepEqual((await readdir(folder)).sort(), ["data", "nightly.tar.gz"], "nothing half written");
            assert.equal((await new Api(platform.url, token).call("GET", "/user")).status, 200);
            const piped = await run(["backup", "-", "--data-dir", data, "--no-secret-key"]);
            assert.match(piped.stderr, /without the secret key: keep secret\.key elsewhere/);
            const { content } = await openArchive(Readable.from([piped.stdout]));
            assert.ok(content.has(`repositories/${application}/HEAD`) && !content.has("secret.key"));
            assert.equal(await platform.stop(), 0);
            const alone = await run(["backup", path.join(folder, "alone.tar.gz"), "--data-dir", data]);
            assert.match(alone.stderr, /^backup: 1 applications, 10 rows/m);

            const restored = await run(["restore", "-", "--data-dir", path.join(folder, "new")], {
                stdin: await readFile(file),
            });
            assert.equal(restored.code, 0, restored.stderr);
            assert.match(restored.stderr, /^restore: 1 applications as of \d{4}-.*Z, [\d.]+ kB in /m);
            assert.equal(restored.stdout.toString(), "rows and repositories agree\n");
            const next = await spawnPlatform(path.join(folder, "new"));
            assert.equal((await new Api(next.url, token).get("/account/graph"))[0].applications[0].id, application);
            assert.equal(await next.stop(), 0);
        }));

    it("fail in one line, and leave nothing", () =>
        withFolder(async (folder) => {
            const data = path.join(folder, "data");
            const token = await signUpOffline(data, "olga@agency.example");
            const platform = await spawnPlatform(data);
            assert.equal((await new Api(platform.url, token).call("GET", "/user")).status, 200);
            const file = path.join(folder, "b.tar.gz");
            await run(["backup", file, "--data-dir", data]);
            const failures: [Ran, RegExp][] = [
                [
                    await run(["backup", path.join(folder, "none", "b.tar.gz"), "--data-dir", data]),
                    /: \S+\/none does not exist\. Correct the name\.$/m,
                ],
                [await run(["restore", file, "--data-dir", data]), /is in use by process \d+/],
                [
                    await run(["restore", path.join(folder, "none"), "--data-dir", path.join(folder, "x")]),
                    /none does not exist/,
                ],
                [
                    await run(["restore", file, "--data-dir", folder]),
                    /is not empty: it has b\.tar\.gz, data\. Name a new data folder/,
                ],
                [
                    await run(["backup", file, "--data-dir", path.join(folder, "nothing")]),
                    /nothing\/database does not exist/,
                ],
            ];
            for (const [{ code, stderr }, pattern] of failures) {
                assert.match(stderr, pattern);
                assert.match(stderr, /^((restore|backup|opening the data): .* s\n)*section-platform: [^\n]+\n$/);
                assert.equal(code, 1);
            }
            assert.equal(await platform.stop(), 0);
            assert.deepEqual((await readdir(folder)).sort(), ["b.tar.gz", "data"]);
        }));

    if (storeKinds.includes("PostgreSQL"))
        it("of PostgreSQL, beside the platform, into an embedded database and back", () =>
            withFolder(async (folder) => {
                const data = path.join(folder, "data");
                const environment = { DATABASE_URL: await freshDatabase() };
                const command = (...args: string[]) => run([...args, "--data-dir", data], { environment });
                assert.equal((await command("user", "add", "olga@agency.example")).code, 0);
                const token = (await command("token", "add", "olga@agency.example", "--description", "x")).stdout
                    .toString()
                    .trim();
                const platform = await spawnPlatform(data, { environment });
                await new Api(platform.url, token).makeSite("Acme", "www.acme.example");
                assert.match(
                    (await command("backup", path.join(folder, "one.tar.gz"))).stderr,
                    /^backup: 1 applications, 10 rows/m,
                );
                assert.equal(await platform.stop(), 0);
                const embedded = path.join(folder, "embedded");
                assert.equal(
                    (await run(["restore", path.join(folder, "one.tar.gz"), "--data-dir", embedded])).stdout.toString(),
                    "rows and repositories agree\n",
                );
                await run(["backup", path.join(folder, "two.tar.gz"), "--data-dir", embedded]);
                const back = { environment: { DATABASE_URL: await freshDatabase() } };
                const restored = await run(
                    ["restore", path.join(folder, "two.tar.gz"), "--data-dir", path.join(folder, "back")],
                    back,
                );
                assert.equal(restored.stdout.toString(), "rows and repositories agree\n", restored.stderr);
                const next = await spawnPlatform(path.join(folder, "back"), back);
                assert.equal((await new Api(next.url, token).get("/account"))[0].account_name, "Acme");
                assert.equal(await next.stop(), 0);
            }));
});

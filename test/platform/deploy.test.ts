import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { startPlatform } from "section-platform";
import { readOptions } from "../../platform/options";
import { optionsFromEnvironment } from "../../platform/options-from-environment";
import { spawnPlatform, withFolder } from "../support/platform";

const run = promisify(execFile);
const read = (name: string) => readFile(path.join("deploy", name), "utf8");

/** `NAME=value` pairs as an environment. */
function environmentOf(text: string): Record<string, string> {
    return Object.fromEntries(
        [...text.matchAll(/\b(SECTION_PLATFORM_[A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value]),
    );
}

/** Packages as the image has them: those of others, and ours as links to the folders beside them. */
async function linkPackages(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    for (const name of await readdir("node_modules")) {
        const isOurs = /^(section|pulumi-section)-?/.test(name);
        await symlink(
            isOurs ? path.join("..", name.replace("section-", "")) : path.resolve("node_modules", name),
            path.join(folder, name),
        );
    }
}

describe("what deploys the platform", () => {
    it("sets settings that there are, to values that they take", async () => {
        const image = readOptions(
            optionsFromEnvironment(environmentOf((await read("Dockerfile")).replaceAll(/^#.*$/gm, ""))),
        );
        assert.deepEqual([image.dataDir, image.host, image.port], ["/data", "0.0.0.0", 8080]);
        assert.equal(
            readOptions(optionsFromEnvironment(environmentOf(await read("section-platform.service")))).dataDir,
            "/var/lib/section-platform",
        );
    });

    it("copies files that there are, all of which the context lets through", async () => {
        const [dockerfile, ignore] = [await read("Dockerfile"), await read("Dockerfile.dockerignore")];
        const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, names = ""]) =>
            names.split(" "),
        );
        assert.ok(sources.length > 8);
        for (const source of sources) {
            assert.ok(existsSync(source), source);
            assert.ok(
                ignore.split("\n").some((line) => line.startsWith("!") && `${source}/`.startsWith(`${line.slice(1)}/`)),
                `${source} is left out`,
            );
        }
        assert.match(dockerfile, /^USER [1-9]\d*/m);
        assert.doesNotMatch(dockerfile.replaceAll(/^#.*$/gm, ""), /token|password|secret(?!\.key)/i);
    });

    it("has everything that the platform needs, and tells a browser so", () =>
        withFolder(async (folder) => {
            const app = path.join(folder, "app");
            await linkPackages(path.join(app, "node_modules"));
            for (const [, from = "", to = ""] of (await read("Dockerfile")).matchAll(
                /^COPY --from=build \/src\/(\S+) (\S+)$/gm,
            ))
                await cp(from, path.join(app, to), { recursive: true });
            const command = path.join(app, "platform", "bin", "section-platform.js");
            const platform = await spawnPlatform(path.join(folder, "data"), { command });
            for (const address of [
                "/api/v1/user",
                "/sign-in",
                "/api/ui",
                "/api/ui/start.js",
                "/api/ui/swagger-ui.css",
                "/api/v1/swagger.yaml",
            ]) {
                const { status } = await fetch(`${platform.url}${address}`, { headers: { accept: "text/html" } });
                assert.equal(status, address === "/api/v1/user" ? 401 : 200, address);
            }
            assert.equal(await platform.stop(), 0);
        })).timeout(120_000);

    it("gives the platform the time that it takes to stop", async () => {
        const { drainSeconds, closeSeconds } = readOptions({});
        const [, patience] = /^TimeoutStopSec=(\d+)$/m.exec(await read("section-platform.service")) ?? [];
        assert.ok(Number(patience) > drainSeconds + closeSeconds + 10);
    });

    it("asks a platform that lives, and one that does not", () =>
        withFolder(async (dataDir) => {
            const platform = await startPlatform({ dataDir });
            const ask = (port: string) =>
                run(process.execPath, ["deploy/health.js"], { env: { ...process.env, SECTION_PLATFORM_PORT: port } });
            const { port } = new URL(platform.url);
            await ask(port);
            await platform.close();
            await assert.rejects(ask(port), { code: 1 });
        })).timeout(60_000);

    it("is a unit that systemd understands", async function () {
        this.timeout(60_000);
        const isHere = await run("systemd-analyze", ["--version"]).catch(() => undefined);
        if (isHere === undefined) return this.skip();
        await withFolder(async (folder) => {
            const unit = path.join(folder, "section-platform.service");
            await writeFile(
                unit,
                (await read("section-platform.service")).replaceAll("/usr/bin/section-platform", process.execPath),
            );
            const { stdout, stderr } = await run("systemd-analyze", ["verify", unit]);
            assert.equal(stdout + stderr, "");
        });
    });
});

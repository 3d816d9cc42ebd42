import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { startPlatform } from "section-platform";
import { optionsFromEnvironment, readOptions } from "../../platform/options";
import { withFolder } from "../support/platform";

const run = promisify(execFile);
const read = (name: string) => readFile(path.join("deploy", name), "utf8");

/** `NAME=value` pairs as an environment. */
function environmentOf(text: string): Record<string, string> {
    return Object.fromEntries([...text.matchAll(/\b(SECTION_PLATFORM_[A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value]));
}

describe("what deploys the platform", () => {
    it("sets settings that there are, to values that they take", async () => {
        const image = readOptions(optionsFromEnvironment(environmentOf((await read("Dockerfile")).replaceAll(/^#.*$/gm, ""))));
        assert.deepEqual([image.dataDir, image.host, image.port], ["/data", "0.0.0.0", 8080]);
        assert.equal(readOptions(optionsFromEnvironment(environmentOf(await read("section-platform.service")))).dataDir, "/var/lib/section-platform");
    });

    it("copies files that there are, all of which the context lets through", async () => {
        const [dockerfile, ignore] = [await read("Dockerfile"), await read("Dockerfile.dockerignore")];
        const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, names = ""]) => names.split(" "));
        assert.ok(sources.length > 8);
        for (const source of sources) {
            assert.ok(existsSync(source), source);
            assert.ok(
                ignore.split("\n").some((line) => line.startsWith("!") && `${source}/`.startsWith(`${line.slice(1)}/`)),
                `${source} is left out`,
            );
        }
        assert.match(dockerfile, /^USER [1-9]\d*/m);
        assert.doesNotMatch(dockerfile, /token|password|secret(?!\.key)/i);
    });

    it("gives the platform the time that it takes to stop", async () => {
        const { drainSeconds, closeSeconds } = readOptions({});
        const [, patience] = /^TimeoutStopSec=(\d+)$/m.exec(await read("section-platform.service")) ?? [];
        assert.ok(Number(patience) > drainSeconds + closeSeconds + 10);
    });

    it("asks a platform that lives, and one that does not", () =>
        withFolder(async (dataDir) => {
            const platform = await startPlatform({ dataDir });
            const ask = (port: string) => run(process.execPath, ["deploy/health.js"], { env: { ...process.env, SECTION_PLATFORM_PORT: port } });
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
            await writeFile(unit, (await read("section-platform.service")).replace("/usr/bin/section-platform", process.execPath));
            const { stdout, stderr } = await run("systemd-analyze", ["verify", unit]);
            assert.equal(stdout + stderr, "");
        });
    });
});

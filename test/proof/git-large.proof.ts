import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Api } from "../support/api";
import { mustGit } from "../support/git";
import { signUpOffline } from "../support/offline";
import { spawnPlatform, withFolder } from "../support/platform";

const mebibyte = 1024 * 1024;
const files = 15;
const fileBytes = 10 * mebibyte;
/** The memory that a stream may use, garbage of buffers included: far below the size of its data. */
const mostMebibytes = 90;

/** Mebibytes that a process has in memory. */
async function residentOf(pid: number): Promise<number> {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** Runs `work` and returns the most memory that a process had meanwhile. */
async function peakOf(pid: number, work: () => Promise<unknown>): Promise<number> {
    let peak = 0;
    const timer = setInterval(async () => {
        peak = Math.max(peak, await residentOf(pid).catch(() => 0));
    }, 20);
    await work();
    clearInterval(timer);
    return peak;
}

describe("a push and clones of 150 MiB", () => {
    it("pass through the platform without being held", async function () {
        this.timeout(600_000);
        await withFolder(async (folder) => {
            const dataDir = path.join(folder, "data");
            const token = await signUpOffline(dataDir, "olga@agency.example");
            const platform = await spawnPlatform(dataDir);
            try {
                const { gitUrl } = await new Api(platform.url, token).makeSite("Acme", "www.acme.example");
                const clone = path.join(folder, "clone");
                await mustGit(folder, token, "clone", "--quiet", gitUrl, clone);
                await mkdir(path.join(clone, "large"));
                for (let index = 0; index < files; index += 1)
                    await writeFile(path.join(clone, "large", `${index}.bin`), randomBytes(fileBytes));
                await mustGit(clone, undefined, "add", "--all");
                await mustGit(clone, undefined, "commit", "--quiet", "--message", "150 MiB");
                const idle = await residentOf(platform.pid);
                const begun = Date.now();
                const pushing = await peakOf(platform.pid, () => mustGit(clone, token, "push", "--quiet"));
                const pushed = Date.now();
                const cloning = await peakOf(platform.pid, () =>
                    Promise.all(
                        ["one", "two"].map((name) =>
                            mustGit(folder, token, "clone", "--quiet", gitUrl, path.join(folder, name)),
                        ),
                    ),
                );
                const figures = `idle ${idle.toFixed(0)} MiB; while ${(files * fileBytes) / mebibyte} MiB are pushed (${pushed - begun} ms) ${pushing.toFixed(0)} MiB; while two clone it (${Date.now() - pushed} ms) ${cloning.toFixed(0)} MiB`;
                console.log(`      ${figures}`);
                for (const peak of [pushing, cloning]) assert.ok(peak - idle < mostMebibytes, figures);
                assert.equal((await readFile(path.join(folder, "two", "large", "7.bin"))).length, fileBytes);
            } finally {
                await platform.stop();
            }
        });
    });
});

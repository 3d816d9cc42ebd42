import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beats, startBeating } from "../../../platform/store/heartbeat";
import { withFolder } from "../../support/platform";

const timing = { beatMs: 50, patienceMs: 1_000 };

/** A process that holds a folder and then does something. */
async function startHolder(folder: string, then: string) {
    const program = `const { lockDirectory } = require(${JSON.stringify(path.resolve("platform/dist/store/directory-lock.js"))});
        lockDirectory(process.argv[1], ${JSON.stringify(timing)}).then(() => { process.stdout.write("held"); ${then} });`;
    const child = spawn(process.execPath, ["-e", program, folder], { stdio: ["ignore", "pipe", "pipe"] });
    let words = "";
    child.stderr.on("data", (chunk) => {
        words += chunk;
    });
    await once(child.stdout, "data");
    return { child, ended: once(child, "close").then(() => ({ signal: child.signalCode, words })) };
}

describe("the heartbeat of a lock", function () {
    this.timeout(60_000);

    it("is seen while it lasts, and missed when it ends", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "section-platform.lock.3");
            await writeFile(file, "x");
            const stop = startBeating(file, "x", timing);
            assert.equal(await beats(file, timing), true);
            await stop();
            const begunMs = performance.now();
            assert.equal(await beats(file, timing), false);
            assert.ok(performance.now() - begunMs >= timing.patienceMs, "not before patience ends");
            await rm(file);
            assert.equal(
                await beats(file, { ...timing, patienceMs: 60_000 }),
                false,
                "a lock that is given back needs no patience",
            );
        }));

    it("goes on while the main thread is busy", () =>
        withFolder(async (folder) => {
            const { child, ended } = await startHolder(
                folder,
                "for (const end = Date.now() + 30_000; Date.now() < end; );",
            );
            await sleep(500); // it has begun to beat, and its main thread answers nothing any more
            for (let round = 0; round < 3; round += 1)
                assert.equal(await beats(path.join(folder, "section-platform.lock.1"), timing), true);
            child.kill("SIGKILL");
            await ended;
            assert.equal(await beats(path.join(folder, "section-platform.lock.1"), timing), false);
        }));

    it("ends the process of one that was taken over, before it writes again", () =>
        withFolder(async (folder) => {
            const { ended } = await startHolder(folder, "setInterval(() => {}, 1_000);");
            await writeFile(path.join(folder, "section-platform.lock.2"), "{}");
            const { signal, words } = await ended;
            assert.equal(signal, "SIGKILL");
            assert.match(words, /^section-platform: another process has taken .* over/);
        }));

    it("puts back a lock that somebody tidied up, and nothing once it is given back", () =>
        withFolder(async (folder) => {
            const { child, ended } = await startHolder(folder, "setInterval(() => {}, 1_000);");
            const file = path.join(folder, "section-platform.lock.1");
            const before = await readFile(file, "utf8");
            await rm(file);
            while ((await access(file).catch(() => "gone")) === "gone") await sleep(20);
            assert.equal(await readFile(file, "utf8"), before);
            await sleep(200);
            assert.deepEqual(await readdir(folder), ["section-platform.lock.1"]);
            child.kill("SIGKILL");
            await ended;
        }));

    it("is compared with itself, not with a clock", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "section-platform.lock.1");
            await writeFile(file, "x");
            await utimes(file, new Date(), new Date(Date.now() + 3_600_000));
            assert.equal(await beats(file, timing), false, "a time that lies ahead is no beat");
            const later = sleep(300).then(() => utimes(file, new Date(), new Date(0)));
            assert.equal(await beats(file, timing), true, "one that lies behind is");
            await later;
        }));
});

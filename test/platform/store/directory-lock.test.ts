import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lockDirectory } from "../../../platform/store/directory-lock";
import { describeSelf } from "../../../platform/store/lock-holder";
import { withFolder } from "../../support/platform";
import { withZombie } from "../../support/zombie";

describe("the lock of a data folder", () => {
    it("is given to one, and to the next one after it", () =>
        withFolder(async (folder) => {
            const unlock = await lockDirectory(folder);
            await assert.rejects(
                lockDirectory(folder),
                new RegExp(`is in use by process ${process.pid}\\. Stop that process or choose another folder\\.`),
            );
            await unlock();
            await (await lockDirectory(folder))();
        }));

    it("of a process that died is taken over", () =>
        withFolder(async (folder) => {
            const dead = spawn(process.execPath, ["-e", ""]);
            await new Promise((resolve) => dead.once("close", resolve));
            await writeFile(
                path.join(folder, "section-platform.lock.7"),
                JSON.stringify({ pid: dead.pid, started: "1" }),
            );
            const unlock = await lockDirectory(folder);
            assert.deepEqual(await readdir(folder), ["section-platform.lock.8"]);
            await unlock();
            assert.deepEqual(await readdir(folder), []);
        }));

    it("of a pid that another process got since is taken over", () =>
        withFolder(async (folder) => {
            await writeFile(
                path.join(folder, "section-platform.lock.1"),
                JSON.stringify({ pid: 1, started: "not when 1 started" }),
            );
            const unlock = await lockDirectory(folder);
            assert.deepEqual(await readdir(folder), ["section-platform.lock.2"]);
            await unlock();
        }));

    it("of a holder in another container is refused while it beats, and taken over when it does not", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "section-platform.lock.4");
            const timing = { beatMs: 50, patienceMs: 1_000 };
            // number 1 lives here too: the number alone would say that it holds
            await writeFile(file, JSON.stringify({ pid: 1, started: "1", place: "another boot pid:[7]" }));
            const beating = setInterval(() => void utimes(file, new Date(), new Date()), 100);
            await assert.rejects(
                lockDirectory(folder, timing),
                /is in use by process 1 of another container or machine\. Stop that process/,
            );
            clearInterval(beating);
            await sleep(200);
            const begunMs = performance.now();
            const unlock = await lockDirectory(folder, timing);
            assert.ok(performance.now() - begunMs >= timing.patienceMs, "it was watched first");
            assert.deepEqual(await readdir(folder), ["section-platform.lock.5"]);
            await unlock();
            assert.deepEqual(await readdir(folder), []);
        }));

    it("of a zombie is taken over at once", () =>
        withFolder((folder) =>
            withZombie(async (pid) => {
                const stat = await readFile(`/proc/${pid}/stat`, "utf8");
                const { place } = await describeSelf();
                const holder = { pid, started: stat.split(") ")[1]?.split(" ")[19], place };
                await writeFile(path.join(folder, "section-platform.lock.1"), JSON.stringify(holder));
                const unlock = await lockDirectory(folder);
                assert.deepEqual(await readdir(folder), ["section-platform.lock.2"]);
                await unlock();
            }),
        ));

    it("of a process that the system says nothing of is refused while it beats, and taken over when it does not", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "section-platform.lock.1");
            const timing = { beatMs: 50, patienceMs: 500 };
            const { place } = await describeSelf();
            await writeFile(file, JSON.stringify({ pid: process.ppid, started: "", place }));
            const beating = setInterval(() => void utimes(file, new Date(), new Date()), 100);
            await assert.rejects(lockDirectory(folder, timing), /is in use by process \d+\. Stop that process/);
            clearInterval(beating);
            await sleep(200);
            const unlock = await lockDirectory(folder, timing);
            assert.deepEqual(await readdir(folder), ["section-platform.lock.2"]);
            await unlock();
        }));

    it("that is half written is taken over", () =>
        withFolder(async (folder) => {
            await writeFile(path.join(folder, "section-platform.lock.1"), '{"pid":');
            const unlock = await lockDirectory(folder);
            assert.deepEqual(await readdir(folder), ["section-platform.lock.2"]);
            await unlock();
        }));
});

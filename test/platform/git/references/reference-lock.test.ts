import assert from "node:assert/strict";
import { readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lockFile, removeDead } from "../../../../platform/git/references/reference-lock";
import { withFolder } from "../../../support/platform";

describe("the lock of a file", () => {
    it("lets one write at a time, and the next one's lock is not touched by the last one's end", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "deep", "file");
            const first = await lockFile(file, "it");
            const second = lockFile(file, "it");
            await first.handle.writeFile("one");
            await first.replace();
            const held = await second;
            await first.release();
            assert.deepEqual((await readdir(path.dirname(file))).sort(), ["file", "file.lock"]);
            await held.release();
            assert.deepEqual(await readdir(path.dirname(file)), ["file"]);
            assert.equal(await readFile(file, "utf8"), "one");
        }));

    it("is not waited for for ever, and a file is no folder", () =>
        withFolder(async (folder) => {
            await writeFile(path.join(folder, "file.lock"), "");
            await writeFile(path.join(folder, "plain"), "");
            await assert.rejects(lockFile(path.join(folder, "file"), "branch x"), {
                code: "overloaded",
                message: /branch x is locked by another writer/,
            });
            await assert.rejects(
                lockFile(path.join(folder, "plain", "below"), "branch plain/below"),
                /stands below another one of that name/,
            );
        }));

    it("of a process that died is taken over by one at a time, and nobody loses what he wrote", async function () {
        this.timeout(120_000);
        await withFolder(async (folder) => {
            const [rounds, contenders] = [2, 20];
            const file = path.join(folder, "count");
            await writeFile(file, "0");
            const increment = async () => {
                const lock = await lockFile(file, "it");
                await lock.handle.writeFile(String(Number(await readFile(file, "utf8")) + 1));
                await lock.requireHeld();
                await lock.replace();
                await lock.release();
            };
            const longAgo = new Date(Date.now() - 61_000);
            for (let round = 1; round <= rounds; round += 1) {
                await writeFile(`${file}.lock`, "left");
                await utimes(`${file}.lock`, longAgo, longAgo);
                await Promise.all(Array.from({ length: contenders }, increment));
                assert.equal(await readFile(file, "utf8"), String(round * contenders));
                assert.deepEqual(await readdir(folder), ["count"]);
            }
        });
    });

    it("that somebody else has by now is neither used nor removed", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "file");
            const slow = await lockFile(file, "it");
            await slow.handle.writeFile("slow");
            await slow.requireHeld();
            await rm(`${file}.lock`);
            const quick = await lockFile(file, "it");
            for (const use of [() => slow.requireHeld(), () => slow.replace()])
                await assert.rejects(use(), { code: "overloaded" });
            await slow.release();
            await quick.handle.writeFile("quick");
            await quick.replace();
            await quick.release();
            assert.equal(await readFile(file, "utf8"), "quick");
        }));

    it("that was taken meanwhile stays, whoever had seen the dead one before", () =>
        withFolder(async (folder) => {
            const lock = path.join(folder, "file.lock");
            const longAgo = new Date(Date.now() - 61_000);
            for (let round = 0; round < 300; round += 1) {
                await writeFile(lock, "dead");
                await utimes(lock, longAgo, longAgo);
                let removing = true;
                const take = () =>
                    writeFile(lock, "fresh", { flag: "wx" }).then(
                        () => true,
                        () => false,
                    );
                const takeOver = async () => {
                    // once more after the last removal: it may have come after the last attempt
                    for (let isLast = false; !(await take()) && !isLast; ) isLast = !removing;
                };
                const taking = takeOver();
                const others = Array.from({ length: 6 }, () =>
                    sleep(Math.random() * 4).then(() => removeDead(lock, 60_000)),
                );
                await Promise.all(others);
                removing = false;
                await taking;
                assert.equal(await readFile(lock, "utf8").catch(() => "removed"), "fresh", `round ${round}`);
                await rm(lock);
            }
        }));
});

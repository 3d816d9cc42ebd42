import assert from "node:assert/strict";
import { readdir, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { claimRepository, whileUnclaimed } from "../../../../platform/git/upkeep/repository-claim";
import { key, withRepository } from "../../../support/repository";

describe("a claim on a repository", () => {
    it("keeps what is being tidied away, and waits for it", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            const claim = await claimRepository(gitDir);
            assert.equal(await whileUnclaimed(gitDir, async () => assert.fail("somebody writes")), false);
            await claim.release();
            const order: string[] = [];
            let waiting = Promise.resolve();
            const tidying = whileUnclaimed(gitDir, async () => {
                waiting = claimRepository(gitDir).then(async (second) => {
                    order.push("writes");
                    await second.release();
                });
                assert.equal(await whileUnclaimed(gitDir, async () => assert.fail("two tidy")), false);
                await new Promise((resolve) => setTimeout(resolve, 200));
                order.push("tidied");
            });
            assert.equal(await tidying, true);
            await waiting;
            assert.deepEqual(order, ["tidied", "writes"]);
            assert.ok(!(await readdir(path.join(gitDir, "objects"))).some((name) => name.startsWith("incoming-")));
        }));

    it("writers and tidying never overlap", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            let writers = 0;
            let tidied = 0;
            let isOver = false;
            const write = async () => {
                for (let round = 0; round < 5; round += 1) {
                    const claim = await claimRepository(gitDir);
                    writers += 1;
                    await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
                    writers -= 1;
                    await claim.release();
                    await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
                }
            };
            const tidy = async () => {
                while (!isOver) {
                    const isDone = await whileUnclaimed(gitDir, async () => {
                        assert.equal(writers, 0);
                        await new Promise((resolve) => setTimeout(resolve, 3));
                        assert.equal(writers, 0);
                    });
                    if (isDone) tidied += 1;
                    await new Promise((resolve) => setTimeout(resolve, 1));
                }
            };
            const tidying = tidy();
            await Promise.all([write(), write(), write()]);
            isOver = true;
            await tidying;
            assert.ok(tidied > 0, "it gets its turn");
        }));

    it("does not wait for a process that died while it tidied", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            const lock = path.join(gitDir, "prune.lock");
            await writeFile(lock, "");
            const minutesAgo = new Date(Date.now() - 120_000);
            await utimes(lock, minutesAgo, minutesAgo);
            await (await claimRepository(gitDir)).release();
            assert.equal(await whileUnclaimed(gitDir, async () => {}), true);
        }));

    it("of a repository that is gone is refused", async () => {
        await assert.rejects(claimRepository("/nonexistent"), { code: "not-found" });
    });
});

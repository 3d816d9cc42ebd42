import assert from "node:assert/strict";
import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { claimRepository } from "../../../../platform/git/upkeep/repository-claim";
import { type TidyRules, tidyRules } from "../../../../platform/git/upkeep/tidy-repository";
import { git, mustGit } from "../../../support/git";
import { author, files, key, withRepository } from "../../../support/repository";

/** Everything is due, nothing has to rest. */
const eager: TidyRules = {
    ...tidyRules,
    mostLoose: 0,
    mostPacks: 1,
    mostReferences: 0,
    pruneEveryMs: 0,
    expiryMs: 0,
    quietMs: 0,
};
const rest = () => new Promise((resolve) => setTimeout(resolve, 1_100)); // git counts expiry in seconds

async function namesIn(gitDir: string): Promise<{ loose: string[]; packs: string[]; debris: string[] }> {
    const all = await readdir(gitDir, { recursive: true });
    return {
        loose: all.filter((name) => /objects\/[0-9a-f]{2}\/[0-9a-f]{38}$/.test(name)),
        packs: all.filter((name) => name.endsWith(".pack")),
        debris: all.filter((name) => /\.lock$|incoming-|tmp_/.test(name)),
    };
}

describe("tidying a repository", () => {
    it("packs what lies about, and everything reads as before", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            for (let index = 0; index < 5; index += 1)
                await repositories.edit(key, "Production", { author, message: `c${index}` }, async () =>
                    files({ "a.txt": `${index}` }),
                );
            const before = await repositories.commits(key, "Production", { limit: 100 });
            assert.deepEqual(repositories.takeTouched(), [7]);
            assert.deepEqual(repositories.takeTouched(), []);
            assert.deepEqual(await repositories.tidy(7), { packed: false, pruned: false }, "little lies about");
            assert.deepEqual(await repositories.tidy(7, { ...eager, pruneEveryMs: 1e12 }), {
                packed: true,
                pruned: false,
            });
            const { loose, packs, debris } = await namesIn(gitDir);
            assert.deepEqual([loose, packs.length, debris], [[], 2, []], "the first commit's pack and a larger one");
            assert.ok((await readdir(gitDir)).includes("packed-refs"));
            assert.deepEqual(await repositories.commits(key, "Production", { limit: 100 }), before);
            assert.equal((await repositories.readFile(key, "Production", "a.txt"))?.toString(), "4");
            assert.equal(await mustGit(gitDir, undefined, "fsck", "--full", "--strict", "--no-dangling"), "");
            await repositories.edit(key, "Production", { author, message: "after" }, async () =>
                files({ "a.txt": "after" }),
            );
        }));

    it("removes what nothing refers to once it is old and references have rested, and never beside a writer", async function () {
        this.timeout(60_000);
        await withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            const { commit } = await repositories.createBranch(
                key,
                "feature",
                "Production",
                { author, message: "f" },
                () => files({ "f.txt": "secret" }),
            );
            await repositories.deleteBranch(key, "feature");
            const isThere = async () => (await git(gitDir, undefined, "cat-file", "-e", commit)).code === 0;
            await rest();
            assert.equal(
                (await repositories.tidy(7, { ...eager, quietMs: 60_000 }))?.pruned,
                false,
                "somebody may be fetching it",
            );
            assert.equal((await repositories.tidy(7, { ...eager, expiryMs: 86_400_000 }))?.pruned, true);
            assert.ok(await isThere(), "put aside, not removed: it is young");
            const claim = await claimRepository(gitDir);
            assert.equal((await repositories.tidy(7, eager))?.pruned, false, "somebody writes");
            assert.ok(await isThere());
            await claim.release();
            await rest();
            assert.equal((await repositories.tidy(7, eager))?.pruned, true);
            assert.equal(await isThere(), false);
            assert.equal(await mustGit(gitDir, undefined, "fsck", "--full", "--strict", "--no-dangling"), "");
            assert.equal((await repositories.tidy(7, eager))?.pruned, false, "nothing is left to remove");
            assert.equal((await repositories.readFile(key, "Production", "a.txt"))?.toString(), "a\n");
        });
    });

    it("puts the platform's configuration in the place of one that is not", () =>
        withRepository(async (repositories) => {
            const config = path.join(repositories.folder(key), "config");
            const own = await readFile(config, "utf8");
            await writeFile(config, `${own}[gc]\n\trecentObjectsHook = touch owned\n`);
            await repositories.tidy(key.applicationId);
            assert.equal(await readFile(config, "utf8"), own);
        }));

    it("leaves packs that are marked to be kept", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            await mustGit(gitDir, undefined, "repack", "-a", "-d", "--quiet");
            const [kept] = (await namesIn(gitDir)).packs as [string];
            await writeFile(path.join(gitDir, kept.replace(/pack$/, "keep")), "");
            await repositories.edit(key, "Production", { author, message: "more" }, async () =>
                files({ "b.txt": "b" }),
            );
            await repositories.tidy(7, eager);
            assert.ok((await namesIn(gitDir)).packs.includes(kept));
            assert.equal((await repositories.readFile(key, "Production", "a.txt"))?.toString(), "a\n");
        }));

    it("is done by one at a time, heals debris that is old, and a repository that is gone is nothing", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            await repositories.edit(key, "Production", { author, message: "b" }, async () => files({ "b.txt": "b" }));
            const outcomes = await Promise.all(Array.from({ length: 4 }, () => repositories.tidy(7, eager)));
            assert.equal(outcomes.filter((each) => each?.packed).length, 1);
            const old = [
                "housekeeping.lock",
                "prune.lock",
                "refs/heads/x.lock",
                "objects/pack/tmp_pack_x",
                "objects/pack/.tmp-1-pack-x.pack",
            ];
            for (const name of old) {
                await writeFile(path.join(gitDir, name), "");
                await utimes(path.join(gitDir, name), new Date(0), new Date(0));
            }
            await writeFile(path.join(gitDir, "refs/heads/new.lock"), "");
            assert.notEqual(await repositories.tidy(7, eager), undefined);
            assert.deepEqual((await namesIn(gitDir)).debris, ["refs/heads/new.lock"]);
            assert.equal(await repositories.tidy(999), undefined);
        }));

    it("hurts neither readers nor writers: edits, pushes and clones while it runs without a pause", async function () {
        this.timeout(120_000);
        await withRepository(async (repositories, root) => {
            const gitDir = repositories.folder(key);
            let isOver = false;
            const done = { packed: 0, pruned: 0, clones: 0, edits: 0, branches: 0 };
            const tidying = (async () => {
                while (!isOver) {
                    const tidied = await repositories.tidy(7, eager);
                    done.packed += Number(tidied?.packed ?? false);
                    done.pruned += Number(tidied?.pruned ?? false);
                    await new Promise((resolve) => setTimeout(resolve, 20));
                }
            })();
            const editing = (async () => {
                for (let index = 0; index < 60; index += 1) {
                    // every other edit writes what an earlier one wrote: objects that may have been packed, put aside
                    // or removed
                    await repositories.edit(key, "Production", { author, message: `e${index}` }, async () =>
                        files({ [`d${index % 5}/x.txt`]: `${index % 2}${index % 3}`, "n.txt": `${index}` }),
                    );
                    done.edits += 1;
                    await new Promise((resolve) => setTimeout(resolve, 10));
                }
            })();
            const branching = (async () => {
                for (let index = 0; index < 25; index += 1) {
                    await repositories.createBranch(key, "same", "Production", { author, message: "same" }, () =>
                        files({ "same.txt": `${index % 3}` }),
                    );
                    await repositories.deleteBranch(key, "same");
                    done.branches += 1;
                    await new Promise((resolve) => setTimeout(resolve, 60));
                }
            })();
            const cloning = (async () => {
                for (; done.edits < 60 || done.branches < 25; done.clones += 1) {
                    await mustGit(
                        root,
                        undefined,
                        "clone",
                        "--quiet",
                        "--no-local",
                        "--single-branch",
                        "--branch",
                        "Production",
                        `file://${gitDir}`,
                        `clone${done.clones}`,
                    );
                    await repositories.listFiles(key, "Production");
                }
            })();
            await Promise.all([editing, branching, cloning]);
            isOver = true;
            await tidying;
            assert.equal(await mustGit(gitDir, undefined, "fsck", "--full", "--strict", "--no-dangling"), "");
            assert.equal((await repositories.commits(key, "Production", { limit: 1000 })).length, 61);
            assert.ok(done.packed > 5 && done.pruned > 1 && done.clones > 3, JSON.stringify(done));
            console.log(`      ${JSON.stringify(done)}`);
        });
    });
});

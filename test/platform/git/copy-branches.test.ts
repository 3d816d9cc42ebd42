import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { copyBranches, copySnapshot } from "../../../platform/git/copy-branches";
import type { Repositories } from "../../../platform/git/repositories";
import { mustGit } from "../../support/git";
import { author, files, key, withRepository } from "../../support/repository";

const copy = { accountId: 1, applicationId: 8 };
const snapshot = {
    branch: "Production",
    author,
    message: "copied",
    date: new Date("2026-01-02T03:04:05Z"),
    edit: (config: Buffer | undefined) => files({ "section.config.json": `${config}!` }) as Map<string, Buffer>,
};

async function paths(repositories: Repositories, branch = "Production") {
    return (await repositories.listFiles(copy, branch)).map(({ path: file, oid, mode }) => `${mode} ${file} ${oid}`);
}

describe("copying a repository", () => {
    it("with its branches gives the same commits, and nothing of other branches", () =>
        withRepository(async (repositories) => {
            await repositories.createBranch(
                key,
                "Staging",
                "Production",
                { author, message: "stage" },
                () => files({ "b.txt": "b\n" }) as Map<string, Buffer>,
            );
            await repositories.createBranch(
                key,
                "feature",
                "Production",
                { author, message: "try" },
                () => files({ "c.txt": "c\n" }) as Map<string, Buffer>,
            );
            await copyBranches(repositories, key, copy, ["Production", "Staging"]);
            const [original, heads] = [await repositories.heads(key), await repositories.heads(copy)];
            assert.deepEqual([...heads.keys()], ["Production", "Staging"]);
            for (const [branch, head] of heads) assert.deepEqual(head, original.get(branch));
            assert.equal((await repositories.readFile(copy, "Staging", "b.txt"))?.toString(), "b\n");
            const folder = repositories.folder(copy);
            assert.equal(await mustGit(folder, undefined, "fsck", "--full", "--strict", "--no-dangling"), "");
            const all = await mustGit(
                folder,
                undefined,
                "cat-file",
                "--batch-all-objects",
                "--batch-check=%(objectname)",
            );
            assert.ok(!all.includes((await repositories.head(key, "feature"))?.commit ?? "none"));
            assert.deepEqual(await readdir(path.join(folder, "objects", "pack")), [], "a small copy has loose objects");
            await repositories.edit(key, "Production", { author, message: "later" }, async () =>
                files({ "a.txt": "later\n" }),
            );
            await copyBranches(repositories, key, copy, ["Production", "Staging"]);
            assert.deepEqual(await repositories.heads(copy), heads, "again is no change");
        }));

    it("as one commit keeps every file but those that are to differ", () =>
        withRepository(
            async (repositories) => {
                await repositories.edit(key, "Production", { author, message: "second" }, async () =>
                    files({ "varnish/default.vcl": "vcl 4.1;\n" }),
                );
                const before = await repositories.listFiles(key, "Production");
                await copySnapshot(repositories, key, copy, snapshot);
                const [commit, ...older] = await repositories.commits(copy, "Production", { limit: 10 });
                assert.deepEqual([commit?.message, older], ["copied", []]);
                assert.equal(
                    (await repositories.readFile(copy, "Production", "section.config.json"))?.toString(),
                    "{}!",
                );
                const others = (lines: string[]) => lines.filter((line) => !line.includes("section.config.json"));
                assert.deepEqual(
                    others(await paths(repositories)),
                    others(before.map(({ path: file, oid, mode }) => `${mode} ${file} ${oid}`)),
                );
                assert.equal(
                    await mustGit(repositories.folder(copy), undefined, "fsck", "--full", "--strict", "--no-dangling"),
                    "",
                );
                const first = await repositories.head(copy, "Production");
                await copySnapshot(repositories, key, copy, { ...snapshot, message: "again" });
                assert.deepEqual(await repositories.head(copy, "Production"), first);
            },
            { "section.config.json": "{}", "varnish/default.vcl": "vcl 4.0;\n" },
        ));

    it("of many objects stays a pack", () =>
        withRepository(
            async (repositories) => {
                await copyBranches(repositories, key, copy, ["Production"]);
                assert.equal(
                    (await readdir(path.join(repositories.folder(copy), "objects", "pack"))).filter((name) =>
                        name.endsWith(".pack"),
                    ).length,
                    1,
                );
                assert.equal((await paths(repositories)).length, 150);
            },
            Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`f${index}.txt`, `${index}\n`])),
        ));

    it("by two processes at once gives one copy, and what is in the way is said", () =>
        withRepository(async (repositories) => {
            const blind = Object.assign(Object.create(repositories), {
                exists: async (which: typeof key) => which === key,
            });
            await Promise.all([
                copyBranches(repositories, key, copy, ["Production"]),
                copyBranches(repositories, key, copy, ["Production"]),
            ]);
            assert.deepEqual(await repositories.heads(copy), await repositories.heads(key));
            await assert.rejects(copyBranches(blind, key, copy, ["Production"]), /is in the way/);
        }));

    it("of what is gone says so and leaves nothing", () =>
        withRepository(async (repositories, root) => {
            await assert.rejects(copyBranches(repositories, key, copy, ["Production", "Missing"]), {
                code: "not-found",
            });
            await repositories.remove(key);
            await assert.rejects(copyBranches(repositories, key, copy, ["Production"]), { code: "not-found" });
            await assert.rejects(copySnapshot(repositories, key, copy, snapshot), { code: "not-found" });
            assert.deepEqual(
                (await readdir(root, { recursive: true })).filter((name) => name.includes(".git")),
                [],
            );
        }));

    it("that is deleted at the same time is whole or not there", () =>
        withRepository(async (repositories) => {
            let copied = 0;
            for (let round = 0; round < 20; round += 1) {
                const from = { accountId: 1, applicationId: 100 + round };
                const to = { accountId: 1, applicationId: 200 + round };
                await repositories.create(from, "Production", {
                    files: files({ "a.txt": `${round}` }) as Map<string, Buffer>,
                    author,
                    message: "x",
                    date: new Date(),
                });
                const [outcome] = await Promise.allSettled([
                    copyBranches(repositories, from, to, ["Production"]),
                    repositories.remove(from),
                ]);
                if (outcome.status === "fulfilled") {
                    copied += 1;
                    assert.equal((await repositories.readFile(to, "Production", "a.txt"))?.toString(), `${round}`);
                } else {
                    assert.equal(outcome.reason.code, "not-found", String(outcome.reason.cause));
                    assert.equal(await repositories.exists(to), false);
                }
            }
            assert.ok(copied < 20, "some must lose the race for this to say anything");
        }));
});

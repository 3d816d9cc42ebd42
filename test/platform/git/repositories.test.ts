import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { openRepositories } from "../../../platform/git/repositories";
import { mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";
import { author, files, key, withRepository } from "../../support/repository";

describe("a repository", () => {
    it("begins with one commit that git itself finds whole", () =>
        withRepository(async (repositories) => {
            const folder = repositories.folder(key);
            assert.equal((await mustGit(folder, undefined, "fsck", "--strict")).trim(), "");
            assert.equal(
                (await mustGit(folder, undefined, "log", "--format=%s %an %cn %at", "Production")).trim(),
                "first Gita Section.io 1767323045",
            );
            assert.equal((await mustGit(folder, undefined, "symbolic-ref", "HEAD")).trim(), "refs/heads/Production");
            assert.equal(
                (await repositories.head(key, "Production"))?.commit,
                (await mustGit(folder, undefined, "rev-parse", "Production")).trim(),
            );
        }));

    it("edits are one commit each, and none when nothing differs", () =>
        withRepository(async (repositories) => {
            const edit = (content: Record<string, string | null>) =>
                repositories.edit(key, "Production", { author, message: "edit" }, async () => files(content));
            const one = await edit({ "folder/b.txt": "b\n", "a.txt": null });
            assert.deepEqual(
                (await repositories.listFiles(key, "Production")).map(({ path: file }) => file),
                ["folder/b.txt"],
            );
            assert.equal((await edit({ "folder/b.txt": "b\n" })).commit, one.commit);
            assert.equal((await repositories.readFile(key, "Production", "folder/b.txt"))?.toString(), "b\n");
            assert.equal(await repositories.readFile(key, "Production", "folder"), undefined);
            assert.equal((await mustGit(repositories.folder(key), undefined, "fsck", "--strict")).trim(), "");
        }));

    it("thirty edits at once from two processes' worth of writers lose none", () =>
        withRepository(async (repositories, root) => {
            const other = await openRepositories({ root });
            await Promise.all(
                Array.from({ length: 30 }, (_, index) =>
                    (index % 2 === 0 ? repositories : other).edit(
                        key,
                        "Production",
                        { author, message: `edit ${index}` },
                        async () => files({ [`f${index}.txt`]: `${index}` }),
                    ),
                ),
            );
            assert.equal((await repositories.listFiles(key, "Production")).length, 31);
            assert.equal((await repositories.commits(key, "Production", { limit: 100 })).length, 31);
        }));

    it("branches come from another's head and go again", () =>
        withRepository(async (repositories) => {
            const request = { author, message: "branch", date: new Date("2026-01-02T03:04:06Z") };
            const staging = await repositories.createBranch(key, "Staging", "Production", request, () =>
                files({ "s.txt": "s" }),
            );
            assert.deepEqual([...(await repositories.heads(key)).keys()], ["Production", "Staging"]);
            assert.equal((await repositories.commits(key, "Staging", { limit: 2 }))[1]?.message, "first");
            assert.deepEqual(
                await repositories.createBranch(key, "Staging", "Production", request, () =>
                    files({ "other.txt": "s" }),
                ),
                staging,
                "again: as it is",
            );
            await repositories.deleteBranch(key, "Staging");
            await repositories.deleteBranch(key, "Staging");
            assert.equal(await repositories.head(key, "Staging"), undefined);
            await assert.rejects(
                repositories.createBranch(key, "X", "Nowhere", request, () => new Map()),
                /branch Nowhere does not exist/,
            );
            await assert.rejects(
                repositories.edit(key, "Nowhere", request, async () => new Map()),
                /branch Nowhere does not exist/,
            );
        }));

    it("debris of a crash goes at boot; half-made repositories too", () =>
        withRepository(async (repositories) => {
            const folder = repositories.folder(key);
            await writeFile(path.join(folder, "HEAD.lock"), "");
            await writeFile(path.join(folder, "refs/heads/Production.lock"), "");
            await mkdir(path.join(folder, "objects/incoming-abc"));
            await mkdir(`${folder}.1234.new`);
            assert.equal(await repositories.heal(), 4);
            assert.equal(await repositories.heal(), 0);
            assert.deepEqual(await repositories.listApplications(), [7]);
            await repositories.remove(key);
            await repositories.remove(key);
            assert.deepEqual(await repositories.listApplications(), []);
        }));

    it("a hundred are made apart from each other", () =>
        withFolder(async (root) => {
            const repositories = await openRepositories({ root });
            for (let applicationId = 1; applicationId <= 100; applicationId += 1) {
                await repositories.create({ accountId: 1, applicationId }, "Production", {
                    files: files({ "a.txt": "a" }) as Map<string, Buffer>,
                    author,
                    message: "x",
                    date: new Date(),
                });
            }
            assert.equal((await repositories.listApplications()).length, 100);
        }));

    it("made by two processes at once is one, and what was committed to it meanwhile stays", () =>
        withRepository(async (ours, root) => {
            const theirs = await openRepositories({ root });
            let lost = 0;
            for (let applicationId = 100; applicationId < 130; applicationId += 1) {
                const fresh = { accountId: 1, applicationId };
                const make = async (on: typeof ours, file: string) => {
                    await on.create(fresh, "Production", {
                        files: files({ first: "x" }) as Map<string, Buffer>,
                        author,
                        message: "first",
                        date: new Date(0),
                    });
                    await on.edit(fresh, "Production", { author, message: file }, async () => files({ [file]: "x" }));
                };
                await Promise.all([make(ours, "ours"), make(theirs, "theirs")]);
                const found = (await ours.listFiles(fresh, "Production")).map(({ path: file }) => file);
                if (found.join() !== "first,ours,theirs") lost += 1;
            }
            await theirs.close();
            assert.equal(lost, 0);
        }));
});

import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { makeRepository, NewRepository, unfinished } from "../../../platform/git/make-repository";
import { withFolder } from "../../support/platform";

describe("making a repository", () => {
    it("gives it its name when it is whole, and leaves nothing when filling it fails", () =>
        withFolder(async (root) => {
            const finished = path.join(root, "7.git");
            await assert.rejects(
                makeRepository(finished, "Production", () => Promise.reject(new Error("no"))),
                /no/,
            );
            assert.deepEqual(await readdir(root), []);
            const filled = await makeRepository(finished, "Production", async (folder) => {
                assert.deepEqual(await readdir(root), [path.basename(folder)], "not under its name yet");
                await writeFile(path.join(folder, "refs/heads/Production"), "x");
                return "filled";
            });
            assert.equal(filled, "filled");
            assert.equal(await readFile(path.join(finished, "HEAD"), "utf8"), "ref: refs/heads/Production\n");
            assert.deepEqual(await readdir(root), ["7.git"]);
            const again = await makeRepository(finished, "Production", async () => "mine");
            assert.deepEqual(
                [again, await readdir(root)],
                [undefined, ["7.git"]],
                "one that another process has made stays",
            );
            assert.equal(await readFile(path.join(finished, "refs/heads/Production"), "utf8"), "x");
        }));

    it("begins before it is known which one it will be, and leaves nothing when it will be none", () =>
        withFolder(async (root) => {
            const begin = (fill = async () => "filled") =>
                new NewRepository(unfinished(path.join(root, "00", "any")), "Production", fill);
            const finished = path.join(root, "07", "7.git");
            const begun = begin();
            assert.equal(await begun.finish(finished), "filled");
            await begun.discard();
            assert.deepEqual(await readdir(finished), ["HEAD", "config", "objects", "refs"]);
            await begin().discard();
            const failing = begin(() => Promise.reject(new Error("no")));
            await failing.discard();
            await assert.rejects(failing.finish(path.join(root, "08", "8.git")), /no/);
            assert.equal(await begin().finish(finished), undefined, "another one has the name");
            assert.deepEqual([await readdir(root), await readdir(path.join(root, "00"))], [["00", "07"], []]);
        }));
});

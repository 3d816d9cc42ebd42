import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { makeRepository } from "../../../platform/git/make-repository";
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
});

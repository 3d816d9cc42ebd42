import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { healRepositories, listRepositories, repositoryFolder } from "../../../platform/git/repository-folder";
import { withFolder } from "../../support/platform";

describe("the folders of repositories", () => {
    it("lie below their root, whatever id a restored row has", () => {
        for (const id of ["../../../home/ada/site/", "7", Number.NaN, 1.5])
            assert.throws(() => repositoryFolder("/data", id as number), /is no id of an application/, `${id}`);
    });

    it("are spread, found again, and cleared of what a crash left", () =>
        withFolder(async (root) => {
            assert.equal(path.relative(root, repositoryFolder(root, 258)), "02/258.git");
            for (const id of [1, 2, 258])
                await mkdir(path.join(repositoryFolder(root, id), "objects"), { recursive: true });
            await mkdir(`${repositoryFolder(root, 3)}.abcd.new`, { recursive: true });
            await writeFile(path.join(repositoryFolder(root, 1), "HEAD.lock"), "");
            assert.deepEqual((await listRepositories(root)).sort(), [1, 2, 258]);
            assert.equal(await healRepositories(root, 60_000), 0, "others may be at it");
            assert.equal(await healRepositories(root, 0), 2);
            assert.deepEqual(
                (await readdir(root, { recursive: true })).filter((name) => /lock|new/.test(name)),
                [],
            );
            assert.deepEqual(
                [await listRepositories("/nonexistent"), await healRepositories("/nonexistent", 0)],
                [[], 0],
            );
        }));
});

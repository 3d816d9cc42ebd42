import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { findDiskObstacle } from "../../../../platform/git/upkeep/disk-obstacle";
import { withFolder } from "../../../support/platform";

describe("the disk", () => {
    it("is tried by writing, and nothing is left of that", () =>
        withFolder(async (folder) => {
            assert.equal(await findDiskObstacle(folder), undefined);
            assert.deepEqual(await readdir(folder), []);
        }));

    it("that cannot be written to is said to be so", async () => {
        assert.match(
            (await findDiskObstacle("/proc")) ?? "",
            /^the disk (is full|cannot be written to \((EACCES|EROFS|ENOENT|EPERM)\))$/,
        );
        assert.equal(await findDiskObstacle("/nonexistent/folder"), "the disk cannot be written to (ENOENT)");
    });
});

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { measureRepository } from "../../../../platform/git/upkeep/measure-repository";
import { withFolder } from "../../../support/platform";

describe("the size of a repository", () => {
    it("is that of its objects, loose and packed, and 0 of one that is gone", async () => {
        await withFolder(async (folder) => {
            for (const [name, size] of [
                ["objects/ab/cdef", 100],
                ["objects/pack/pack-1.pack", 2_000],
                ["HEAD", 23],
            ] as const) {
                await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
                await writeFile(path.join(folder, name), Buffer.alloc(size));
            }
            assert.equal(await measureRepository(folder), 2_100);
            assert.equal(await measureRepository(path.join(folder, "gone")), 0);
        });
    });
});

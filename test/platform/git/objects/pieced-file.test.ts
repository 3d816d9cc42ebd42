import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Allowance } from "../../../../platform/git/objects/allowance";
import { PiecedFile, type Pieces } from "../../../../platform/git/objects/pieced-file";
import { withFolder } from "../../../support/platform";

describe("a file of which pieces are read", () => {
    for (const size of [0, 5_000, 65_536, 65_537, 300_000])
        it(`gives the pieces of ${size} bytes, within it and over its end`, () =>
            withFolder(async (folder) => {
                const content = randomBytes(size);
                await writeFile(path.join(folder, "file"), content);
                const allowance = new Allowance(100_000);
                const file = new PiecedFile(path.join(folder, "file"), allowance);
                const look = async (pieces: Pieces) => {
                    for (const [at, length] of [
                        [0, 20],
                        [12, 4_000],
                        [size - 10, 10],
                        [size - 10, 50],
                        [size - 4_096, 9_000],
                        [200, 10],
                        [size, 10],
                        [size + 10, 10],
                        [0, size],
                    ] as const) {
                        if (at < 0) continue;
                        const expected = content.subarray(at, at + length);
                        assert.ok((await pieces.readAt(at, length)).equals(expected), `${length} bytes at ${at}`);
                    }
                    assert.equal(pieces.size, size);
                };
                await file.use(look);
                assert.equal(file.isKept, size <= 65_536);
                await Promise.all([file.use(look), file.use(look)]);
                await rm(path.join(folder, "file"));
                if (file.isKept) await file.use(look);
                else await assert.rejects(file.use(look), { code: "ENOENT" });
                assert.equal(allowance.take(100_000 - (file.isKept ? size : 0)), true, "no more was taken");
            }));

    it("is not kept when the allowance is used up", () =>
        withFolder(async (folder) => {
            await writeFile(path.join(folder, "file"), randomBytes(5_000));
            for (const allowance of [undefined, new Allowance(4_999)]) {
                const file = new PiecedFile(path.join(folder, "file"), allowance);
                assert.equal((await file.use((pieces) => pieces.readAt(0, 5_000))).length, 5_000);
                assert.equal(file.isKept, false);
            }
        }));
});

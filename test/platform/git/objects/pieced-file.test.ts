import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { ObjectDamage } from "../../../../platform/git/objects/object-damage";
import { PiecedFile, type Pieces } from "../../../../platform/git/objects/pieced-file";
import { withFolder } from "../../../support/platform";

describe("a file of which pieces are read", () => {
    for (const size of [0, 5_000, 65_536, 65_537, 300_000])
        it(`gives the pieces of ${size} bytes, within it and over its end`, () =>
            withFolder(async (folder) => {
                const content = randomBytes(size);
                await writeFile(path.join(folder, "file"), content);
                const file = new PiecedFile(path.join(folder, "file"));
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
                        const whole = pieces.mustReadAt(at, length);
                        if (expected.length === length) assert.ok((await whole).equals(expected));
                        else await assert.rejects(whole, ObjectDamage);
                    }
                    await assert.rejects(pieces.mustReadAt(0, -20), ObjectDamage);
                };
                await file.use(look);
                assert.equal(file.isKept, size <= 65_536);
                await Promise.all([file.use(look), file.use(look)]);
                await rm(path.join(folder, "file"));
                if (file.isKept) await file.use(look);
                else await assert.rejects(file.use(look), { code: "ENOENT" });
            }));
});

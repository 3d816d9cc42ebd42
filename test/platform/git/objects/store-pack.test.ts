import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { type GitObject, hashObject } from "../../../../platform/git/objects/object-format";
import { ObjectStore } from "../../../../platform/git/objects/object-store";
import { storePack } from "../../../../platform/git/objects/store-pack";
import { mustGit } from "../../../support/git";
import { key, withRepository } from "../../../support/repository";

describe("storing objects as a pack", () => {
    it("writes what git verifies and both read, small and large, again and again", () =>
        withRepository(async (repositories, root) => {
            const blobs = [0, 1, 15, 16, 2_047, 2_048, 70_000].map(
                (size): GitObject => ({
                    type: "blob",
                    data: randomBytes(size),
                }),
            );
            const text: GitObject = { type: "blob", data: Buffer.from("text\n".repeat(10_000)) };
            const objects = new Map([...blobs, text].map((each) => [hashObject(each.type, each.data), each]));
            for (const name of ["one", "two"]) {
                const gitDir = path.join(root, name);
                await mkdir(path.join(gitDir, "objects"), { recursive: true });
                await storePack(gitDir, objects);
                const folder = path.join(gitDir, "objects/pack");
                const [index = ""] = await readdir(folder);
                assert.match(index, /^pack-[0-9a-f]{40}\.idx$/);
                await mustGit(root, undefined, "verify-pack", path.join(folder, index));
                const store = new ObjectStore(gitDir);
                for (const [oid, object] of objects) {
                    assert.deepEqual(await store.read(oid), object);
                    assert.deepEqual(await store.facts(oid), { type: "blob", size: object.data.length });
                }
                assert.equal(await store.facts("0".repeat(40)), undefined);
            }
            const made = repositories.folder(key);
            assert.equal(await mustGit(made, undefined, "fsck", "--full", "--strict"), "");
            assert.deepEqual(
                (await readdir(path.join(made, "objects"), { recursive: true })).length,
                3,
                "the folder of packs, a pack and its index",
            );
        }));
});

import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { isShortlyBefore } from "../../../../platform/git/objects/ancestry";
import { DraftObjects } from "../../../../platform/git/objects/draft-objects";
import { formatPack } from "../../../../platform/git/objects/format-pack";
import type { Head } from "../../../../platform/git/objects/object-format";
import { Quarantine } from "../../../../platform/git/push/quarantine";
import { writeCommit } from "../../../../platform/git/write-commit";
import { author, files, key, withRepository } from "../../../support/repository";

describe("drafted objects", () => {
    it("are read with those of the repository, which has none of them until they are stored", () =>
        withRepository(async (repositories) => {
            const objects = repositories.objects(key);
            const parent = (await repositories.head(key, "Production")) as Head;
            const draft = new DraftObjects(objects);
            const { commit, tree } = await writeCommit(draft, parent, {
                files: files({ "b/c.txt": "c" }),
                author,
                message: "x",
            });
            const names = (await draft.readTree(tree)).map(({ name }) => name);
            assert.deepEqual([names, draft.drafted.size], [["a.txt", "b"], 4]);
            assert.deepEqual(await draft.facts(parent.tree), await objects.facts(parent.tree));
            assert.equal((await draft.facts(commit))?.type, "commit");
            assert.equal(await objects.facts(commit), undefined);
            assert.ok(await isShortlyBefore(draft, parent.commit, commit));
            assert.ok(!(await isShortlyBefore(draft, commit, parent.commit)));
            await draft.store();
            assert.deepEqual(await objects.read(commit), await draft.read(commit));
        }));

    it("make a pack that git takes, whatever their size", () =>
        withRepository(async (repositories) => {
            const parent = (await repositories.head(key, "Production")) as Head;
            const sizes = [0, 1, 15, 16, 2047, 2048, 300_000];
            const content = Object.fromEntries(sizes.map((size) => [`${size}.txt`, "x".repeat(size)]));
            const draft = new DraftObjects(repositories.objects(key));
            const { commit } = await writeCommit(draft, parent, { files: files(content), author, message: "x" });
            const pack = await formatPack([...draft.drafted.values()]);
            const quarantine = await Quarantine.open(repositories.git, repositories.folder(key));
            await quarantine.receive(Readable.from([pack]), 1_000_000);
            await quarantine.unpack({ maxPackBytes: 1_000_000, maxUnpackedBytes: 1_000_000 });
            assert.deepEqual(await quarantine.objects.read(commit), await draft.read(commit));
            await quarantine.discard();
        }));
});

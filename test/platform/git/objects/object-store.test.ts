import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import path from "node:path";
import { type Head, hashObject } from "../../../../platform/git/objects/object-format";
import { mustGit } from "../../../support/git";
import { key, withRepository } from "../../../support/repository";

describe("an object store", () => {
    it("reads what it wrote, what git packed, and says what is missing", () =>
        withRepository(async (repositories) => {
            const objects = repositories.objects(key);
            const big = Buffer.alloc(300_000, "x");
            const oid = await objects.write("blob", big);
            assert.equal(await objects.write("blob", big), oid, "again");
            assert.ok((await objects.read(oid)).data.equals(big));
            const { tree } = (await repositories.head(key, "Production")) as { tree: string };
            await mustGit(repositories.folder(key), undefined, "gc", "--quiet", "--prune=now");
            assert.deepEqual(
                (await objects.readTree(tree)).map(({ name }) => name),
                ["a.txt"],
            );
            await assert.rejects(objects.read("f".repeat(40)), /object f+ is missing/);
            assert.deepEqual(objects.environment, {});
        }));

    it("reads a small object once, loose or packed, and a large one each time", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            const objects = repositories.objects(key);
            const { commit, tree } = (await repositories.head(key, "Production", objects)) as Head; // packed
            const loose = await objects.write("blob", Buffer.from("loose"));
            const large = await objects.write("blob", Buffer.alloc(300_000, "x"));
            assert.deepEqual(await objects.facts(loose), { type: "blob", size: 5 });
            assert.deepEqual(await objects.facts(large), { type: "blob", size: 300_000 });
            await rm(path.join(gitDir, "objects"), { recursive: true });
            assert.equal((await objects.read(loose)).data.toString(), "loose");
            assert.equal((await objects.read(commit)).type, "commit");
            assert.equal((await objects.readTree(tree)).length, 1, "of the pack that was read for its commit");
            await assert.rejects(objects.read(large), /is missing/);
            const other = repositories.objects(key);
            for (const oid of [loose, commit, tree]) assert.equal(await other.facts(oid), undefined);
        }));

    it("looks into packs that came after it had listed them", () =>
        withRepository(async (repositories) => {
            const objects = repositories.objects(key);
            assert.equal(await objects.facts("f".repeat(40)), undefined);
            const text = Buffer.from("comes later");
            const oid = hashObject("blob", text);
            const gitDir = repositories.folder(key);
            await mustGit(gitDir, undefined, "config", "fastimport.unpackLimit", "0");
            const stdin = `blob\ndata ${text.length}\n${text}\n`;
            await repositories.git.run({ gitDir, verb: "fast-import", flags: ["--quiet"], stdin });
            assert.deepEqual(await objects.facts(oid), { type: "blob", size: text.length });
        }));
});

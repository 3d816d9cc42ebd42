import assert from "node:assert/strict";
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
});

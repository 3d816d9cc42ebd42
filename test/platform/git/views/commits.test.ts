import assert from "node:assert/strict";
import { listBranchesWith, readCommit } from "../../../../platform/git/views/commits";
import { author, files, key, withRepository } from "../../../support/repository";

describe("history", () => {
    it("has commits with their parents, and knows which branches they are in", () =>
        withRepository(async (repositories) => {
            const first = (await repositories.head(key, "Production"))?.commit as string;
            await repositories.createBranch(
                key,
                "Staging",
                "Production",
                { author, message: "branch" },
                () => files({ "b.txt": "b\n" }) as Map<string, Buffer>,
            );
            const second = (await repositories.head(key, "Staging"))?.commit as string;
            const commit = await readCommit(repositories, key, second);
            assert.deepEqual([commit?.message, commit?.parents, commit?.author], ["branch", [first], author]);
            assert.deepEqual(await listBranchesWith(repositories, key, first), ["Production", "Staging"]);
            assert.deepEqual(await listBranchesWith(repositories, key, second), ["Staging"]);
        }));

    it("has nothing else: neither missing objects nor trees are commits", () =>
        withRepository(async (repositories) => {
            const tree = (await repositories.head(key, "Production"))?.tree as string;
            assert.equal(await readCommit(repositories, key, tree), undefined);
            assert.equal(await readCommit(repositories, key, "0123456789".repeat(4)), undefined);
        }));
});

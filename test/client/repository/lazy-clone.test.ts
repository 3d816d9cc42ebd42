import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { withClonedBranches } from "../../../client/repository/cloned-branches";
import { LazyClone } from "../../../client/repository/lazy-clone";
import { withTemporaryFolder } from "../../support/platform";
import { openBranch } from "../../support/ways";

describe("a clone that is made when it is needed", function () {
    this.timeout(60_000);

    it("is made once, is the same as any other, and is gone afterwards", async () => {
        const { address } = await openBranch("git");
        await withTemporaryFolder(async (folder) => {
            const clones = async () =>
                (await readdir(folder)).filter((name) => name.startsWith("pulumi-section-")).length;
            await new LazyClone(address).close();
            const clone = new LazyClone(address);
            const [one, other] = await Promise.all([clone.open(), clone.open()]);
            assert.equal(one, other);
            assert.equal(await clones(), 1);
            await withClonedBranches(address, async ({ head }) => assert.deepEqual(one.head, head));
            await clone.close();
            assert.equal(await clones(), 0);
        });
    });

    it("that fails says why, to everybody who needs it", async () => {
        const { address } = await openBranch("git");
        const clone = new LazyClone({ ...address, branch: "Nowhere" });
        await assert.rejects(clone.open(), { code: "not-found" });
        await assert.rejects(clone.open(), { code: "not-found" });
        await clone.close();
    });
});

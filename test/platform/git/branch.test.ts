import assert from "node:assert/strict";
import { author, files, key, withRepository } from "../../support/repository";

describe("a branch at one commit", () => {
    const content = { "a.txt": "a", "pages/one.html": "1", "pages/deep/two.html": "2" };

    it("shows the same files while others write", () =>
        withRepository(async (repositories) => {
            const branch = await repositories.branch(key, "Production");
            await repositories.edit(key, "Production", { author, message: "x" }, async () => files({ "a.txt": null }));
            assert.equal((await branch?.read("a.txt"))?.toString(), "a");
            assert.equal((await (await repositories.branch(key, "Production"))?.files())?.length, 2);
            assert.equal(await repositories.branch(key, "Nowhere"), undefined);
        }, content));

    it("lists what lies directly in a folder", () =>
        withRepository(async (repositories) => {
            const branch = await repositories.branch(key, "Production");
            assert.deepEqual(await branch?.filesIn("pages"), ["one.html"]);
            assert.deepEqual(await branch?.filesIn("a.txt"), []);
            assert.deepEqual(await branch?.filesIn("nothing"), []);
        }, content));

    it("says what it would hold with changes over it", () =>
        withRepository(async (repositories) => {
            const branch = await repositories.branch(key, "Production");
            const after = await branch?.with(files({ "a.txt": "new", "b.txt": "b", "pages/one.html": null }));
            assert.deepEqual(after?.files.map(({ path }) => path).sort(), ["a.txt", "b.txt", "pages/deep/two.html"]);
            assert.deepEqual(
                await Promise.all(
                    ["a.txt", "b.txt", "pages/deep/two.html"].map(async (path) =>
                        (await after?.read(path))?.toString(),
                    ),
                ),
                ["new", "b", "2"],
            );
        }, content));
});

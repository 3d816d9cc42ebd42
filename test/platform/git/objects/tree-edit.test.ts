import assert from "node:assert/strict";
import fc from "fast-check";
import { editTree, findEntry, listTree } from "../../../../platform/git/objects/tree-edit";
import { files, key, withRepository } from "../../../support/repository";

describe("editing a tree", () => {
    it("gives the same tree whatever the way to it", () =>
        withRepository(async (repositories) => {
            const objects = repositories.objects(key);
            const name = fc.constantFrom("a", "b", "c/d", "c/e", "f/g/h");
            const contents = fc.dictionary(name, fc.constantFrom("one", "two"), { maxKeys: 5 });
            await fc.assert(
                fc.asyncProperty(contents, contents, async (before, wanted) => {
                    const from = await editTree(objects, undefined, files(before));
                    const gone = Object.fromEntries(
                        Object.keys(before)
                            .filter((path) => !(path in wanted))
                            .map((path) => [path, null]),
                    );
                    const edited = await editTree(objects, from, files({ ...gone, ...wanted }));
                    assert.equal(edited, await editTree(objects, undefined, files(wanted)));
                    assert.deepEqual(
                        (await listTree(objects, edited)).map(({ path }) => path).sort(),
                        Object.keys(wanted).sort(),
                    );
                }),
                { numRuns: 40 },
            );
        }));

    it("never takes a folder for a file or a file for a folder", () =>
        withRepository(async (repositories) => {
            const objects = repositories.objects(key);
            const tree = await editTree(objects, undefined, files({ "x/y/z.txt": "z", a: "a" }));
            await assert.rejects(editTree(objects, tree, files({ "x/y": "file" })), /x\/y is a folder, not a file/);
            for (const content of ["file", null])
                await assert.rejects(editTree(objects, tree, files({ "a/b": content })), /a is a file, not a folder/);
            const paths = async (changes: Record<string, string | null>) =>
                (await listTree(objects, await editTree(objects, tree, files(changes)))).map(({ path }) => path).sort();
            assert.deepEqual(await paths({ a: null, "a/b": "b" }), ["a/b", "x/y/z.txt"], "a file that goes makes room");
            assert.deepEqual(await paths({ "x/y/z.txt": null, x: "x" }), ["a", "x"], "a folder that goes, too");
            await assert.rejects(editTree(objects, tree, files({ "n/o": "o", n: "n" })), /n is a folder, not a file/);
        }));

    it("finds entries by their path", () =>
        withRepository(async (repositories) => {
            const objects = repositories.objects(key);
            const tree = await editTree(objects, undefined, files({ "x/y.txt": "y" }));
            assert.equal((await findEntry(objects, tree, "x/y.txt"))?.mode, "100644");
            assert.equal(await findEntry(objects, tree, "x/y.txt/z"), undefined);
            assert.equal(await findEntry(objects, tree, "nothing"), undefined);
        }));
});

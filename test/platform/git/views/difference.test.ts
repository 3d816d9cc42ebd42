import assert from "node:assert/strict";
import { readDifference } from "../../../../platform/git/views/difference";
import { author, files, key, withRepository } from "../../../support/repository";

describe("the difference of two trees", () => {
    const before = { "a.txt": "one\ntwo\nthree\n", "gone.txt": "x\n", "same.txt": "s\n", "logo.png": "\0\x01" };

    async function change(repositories: Parameters<typeof readDifference>[0], content: Record<string, string | null>) {
        const from = (await repositories.head(key, "Production"))?.tree as string;
        const { tree } = await repositories.edit(key, "Production", { author, message: "next" }, async () =>
            files(content),
        );
        return { before: from, after: tree };
    }

    it("names every file and shows the lines", () =>
        withRepository(async (repositories) => {
            const trees = await change(repositories, {
                "a.txt": "one\n2\nthree\n",
                "gone.txt": null,
                "new/ü.txt": "neu",
                "logo.png": "\0\x02",
            });
            const { files: found, isCut } = await readDifference(repositories, key, trees);
            assert.equal(isCut, false);
            assert.deepEqual(
                found.map(({ path, change: kind, added, removed }) => [path, kind, added, removed]),
                [
                    ["a.txt", "changed", 1, 1],
                    ["gone.txt", "removed", 0, 1],
                    ["logo.png", "changed", undefined, undefined],
                    ["new/ü.txt", "added", 1, 0],
                ],
            );
            assert.deepEqual(found[3]?.hunks[0]?.lines, [{ kind: "added", after: 1, text: "neu", isUnended: true }]);
            assert.deepEqual(found[2]?.hunks, []);
            const all = await readDifference(repositories, key, { after: trees.before });
            assert.deepEqual(
                all.files.map(({ path, change: kind }) => `${kind} ${path}`),
                Object.keys(before)
                    .sort()
                    .map((path) => `added ${path}`),
            );
            assert.deepEqual(await readDifference(repositories, key, { before: trees.after, after: trees.after }), {
                files: [],
                isCut: false,
            });
        }, before));

    it("is not hidden by what the content says of itself, nor split by odd line ends", () =>
        withRepository(async (repositories) => {
            const trees = await change(repositories, {
                ".gitattributes": "* -diff\n*.txt binary\n",
                "a.txt": "one\rdiff --git a/x b/x\u2028two\nthree\n",
            });
            const { files: found } = await readDifference(repositories, key, trees);
            assert.deepEqual(
                found.map(({ path }) => path),
                [".gitattributes", "a.txt"],
            );
            assert.deepEqual(
                found[1]?.hunks[0]?.lines.filter(({ kind }) => kind === "added").map(({ text }) => text),
                ["one\rdiff --git a/x b/x\u2028two"],
            );
        }, before));

    it("is given up where there is too much of it, and says so", () =>
        withRepository(async (repositories) => {
            const text = Array.from({ length: 3000 }, (_, line) => `line ${line}\n`).join("");
            const trees = await change(repositories, {
                "a.txt": text,
                "b.txt": text,
                "c.txt": text,
                "huge.txt": "y".repeat(1_100_000),
            });
            const whole = await readDifference(repositories, key, trees, { files: 2, lines: 10 });
            assert.equal(whole.isCut, false);
            assert.deepEqual(
                whole.files.map(({ path, isCut, hunks, added }) => [path, isCut, hunks[0]?.lines.length, added]),
                [
                    ["a.txt", true, 10, 3000],
                    ["b.txt", true, 10, 3000],
                    ["c.txt", true, undefined, 3000],
                    ["huge.txt", false, undefined, undefined],
                ],
            );
            const cut = await readDifference(repositories, key, trees, { characters: 60_000 });
            assert.equal(cut.isCut, true);
            assert.equal(cut.files.length, 4, "what changed comes first");
            assert.equal(cut.files[2]?.isCut, true);
            const late = await readDifference(repositories, key, trees, { timeoutMs: 1 });
            assert.equal(late.isCut, true);
        }, before));

    it("of what is no tree is a failure, not an empty answer", () =>
        withRepository(async (repositories) => {
            await assert.rejects(readDifference(repositories, key, { after: "1".repeat(40) }), { code: "internal" });
        }, before));
});

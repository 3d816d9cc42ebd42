import assert from "node:assert/strict";
import { listFileSizes, previewFile } from "../../../../platform/git/views/file-preview";
import { key, withRepository } from "../../../support/repository";

describe("previews", () => {
    const content = { "a.txt": "one\n", "d/ü\n.txt": "é", "logo.png": "\0\x01", "large.txt": "x".repeat(600_000) };

    it("list files with their sizes", () =>
        withRepository(async (repositories) => {
            const tree = (await repositories.head(key, "Production"))?.tree as string;
            assert.deepEqual(
                (await listFileSizes(repositories, key, tree)).map(({ path, bytes }) => [path, bytes]),
                [
                    ["a.txt", 4],
                    ["d/ü\n.txt", 2],
                    ["large.txt", 600_000],
                    ["logo.png", 2],
                ],
            );
        }, content));

    it("show text, and of other files why not", () =>
        withRepository(async (repositories) => {
            const tree = (await repositories.head(key, "Production"))?.tree as string;
            const preview = (path: string) => previewFile(repositories, key, tree, path);
            assert.deepEqual(await preview("d/ü\n.txt"), { path: "d/ü\n.txt", bytes: 2, text: "é" });
            assert.deepEqual(await preview("logo.png"), { path: "logo.png", bytes: 2, hidden: "binary" });
            assert.deepEqual(await preview("large.txt"), { path: "large.txt", bytes: 600_000, hidden: "large" });
            for (const path of ["d", "none", "a.txt/x", "../a.txt", "", "--help", "d//x"])
                assert.equal(await preview(path), undefined, path);
        }, content));
});

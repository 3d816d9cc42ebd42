import assert from "node:assert/strict";
import type { Head } from "../../../platform/git/objects/object-format";
import { platformSignature, readHead, writeCommit } from "../../../platform/git/write-commit";
import { mustGit } from "../../support/git";
import { author, files, key, withRepository } from "../../support/repository";

describe("writing a commit", () => {
    it("puts files on top of a parent, in the name of its author, and gives the parent back when nothing differs", () =>
        withRepository(async (repositories) => {
            const objects = repositories.objects(key);
            const parent = (await repositories.head(key, "Production")) as Head;
            assert.equal(
                await writeCommit(objects, parent, { files: files({ "a.txt": "a\n" }), author, message: "x" }),
                parent,
            );
            const head = await writeCommit(objects, parent, {
                files: files({ "b.txt": "b" }),
                author,
                message: "second",
            });
            assert.deepEqual(await readHead(objects, head.commit), head);
            const shown = await mustGit(
                repositories.folder(key),
                undefined,
                "show",
                "-s",
                "--format=%P|%an|%cn|%s",
                head.commit,
            );
            assert.equal(shown.trim(), `${parent.commit}|${author.name}|${platformSignature.name}|second`);
        }));
});

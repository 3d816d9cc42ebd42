import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { inspectReferences } from "../../../../platform/git/upkeep/inspect-references";
import { mustGit } from "../../../support/git";
import { author, files, key, withRepository } from "../../../support/repository";

describe("the inspection of references", () => {
    it("names a HEAD, a branch and a list that are damaged, and objects that are gone", () =>
        withRepository(async (repositories) => {
            const { git } = repositories;
            const gitDir = repositories.folder(key);
            const whole = { damaged: [], missing: [] };
            assert.deepEqual(await inspectReferences(git, gitDir), whole);
            await repositories.edit(key, "Production", { author, message: "b" }, async () => files({ "b.txt": "b" }));
            const blob = (await mustGit(gitDir, undefined, "rev-parse", "Production:b.txt")).trim();
            const file = path.join(gitDir, "objects", blob.slice(0, 2), blob.slice(2));
            await rm(file);
            assert.deepEqual(await inspectReferences(git, gitDir), {
                damaged: [],
                missing: [`object ${blob} is missing in ${gitDir}`],
            });
            const commit = await mustGit(gitDir, undefined, "rev-parse", "Production");
            for (const [name, text, words] of [
                ["HEAD", "", /HEAD is damaged: write "ref: refs\/heads\/Production"/],
                ["HEAD", "ref: refs/heads/Production\n", undefined],
                ["refs/heads/Production", commit.slice(0, 9), /refs\/heads\/Production is damaged: it has no id/],
                ["refs/heads/Production", commit, undefined],
                ["packed-refs", `${commit.slice(0, 40)} refs/heads/Stag`, /packed-refs is damaged: it is no list/],
            ] as const) {
                await writeFile(path.join(gitDir, name), text);
                const { damaged } = await inspectReferences(git, gitDir);
                if (words === undefined) assert.deepEqual(damaged, []);
                else {
                    assert.equal(damaged.length, 1);
                    assert.match(damaged[0] ?? "", words);
                }
            }
        }));
});

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { findProgramCommit } from "../../../../provider/nouns/environment/program-commit";
import { Memory } from "../../../../provider/run/memory";
import { mustGit } from "../../../support/git";
import { withFolder } from "../../../support/platform";

describe("the commit of a program", () => {
    it("is the one that its folder is at: loose, packed, detached, in a worktree; none outside of a repository", () =>
        withFolder(async (folder) => {
            const git = (...args: string[]) => mustGit(folder, undefined, ...args);
            const find = (...parts: string[]) => findProgramCommit(new Memory(), path.join(folder, ...parts));
            assert.equal(await find(), undefined);
            await git("init", "--quiet", "--initial-branch", "main");
            assert.equal(await find(), undefined, "before the first commit");
            await mkdir(path.join(folder, "infra"));
            await writeFile(path.join(folder, "infra/a.txt"), "a");
            await git("add", "--all");
            await git("commit", "--quiet", "--message", "one");
            const one = (await git("rev-parse", "HEAD")).trim();
            assert.deepEqual([await find(), await find("infra")], [one, one]);
            await git("pack-refs", "--all");
            assert.equal(await find("infra"), one);
            await git("worktree", "add", "--quiet", "-b", "side", "tree");
            await mustGit(path.join(folder, "tree"), undefined, "commit", "--quiet", "--allow-empty", "-m", "two");
            const two = (await git("rev-parse", "side")).trim();
            assert.deepEqual([await find("tree"), await find()], [two, one]);
            await git("checkout", "--quiet", "--detach", two);
            assert.equal(await find(), two);
        }));
});

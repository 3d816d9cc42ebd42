import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { withHistory } from "../../../client/repository/history";
import { mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("the history of a branch", function () {
    this.timeout(60_000);

    it("has the commits since one, newest first, with what each changed; a merge changed what it brought", () =>
        withFolder(async (folder) => {
            const { platform, settings } = await openTestSession();
            const { gitUrl } = await platform.api.makeSite("Acme", `${fresh("history")}.acme.example`);
            const address = {
                gitUrl,
                branch: "Production",
                token: settings.token,
                person: { name: "x", email: "x@x" },
            };
            const clone = path.join(folder, "clone");
            const git = (...args: string[]) => mustGit(clone, platform.token, ...args);
            await mustGit(folder, platform.token, "clone", "--quiet", gitUrl, clone);
            const commit = async (file: string, text: string, message: string) => {
                await writeFile(path.join(clone, file), text);
                await git("add", "--all");
                await git("commit", "--quiet", "--message", message);
                return (await git("rev-parse", "HEAD")).trim();
            };
            const seen = await commit("odd ß\tname.txt", "1", "seen");
            const one = await commit("odd ß\tname.txt", "2", "one");
            await git("checkout", "--quiet", "-b", "side", seen);
            await commit("side.txt", "s", "on the side");
            await git("checkout", "--quiet", "Production");
            await git("merge", "--quiet", "--no-ff", "--message", "merge side", "side");
            await git("push", "--quiet");

            await withHistory(address, seen, async ({ commits, ...rest }) => {
                assert.ok(rest);
                assert.deepEqual(
                    commits.map(({ subject, files, name, email }) => [subject, files, name, email]),
                    [
                        ["merge side", ["side.txt"], "Gita", "gita@agency.example"],
                        ["one", ["odd ß\tname.txt"], "Gita", "gita@agency.example"],
                    ],
                );
                assert.equal(commits[1]?.id, one);
            });
            await withHistory(address, seen, async (history) => {
                const [, second] = history.commits;
                assert.deepEqual(second && (await history.texts(second, "odd ß\tname.txt")), ["2", "1"]);
                assert.deepEqual(second && (await history.texts(second, "nothing")), [undefined, undefined]);
            });
            for (const since of [undefined, "0".repeat(40)]) {
                const subjects = await withHistory(address, since, async ({ commits }) =>
                    commits.map(({ subject }) => subject),
                );
                assert.deepEqual(subjects, ["merge side", "one", "seen"], "all but the one that made the branch");
            }
        }));
});

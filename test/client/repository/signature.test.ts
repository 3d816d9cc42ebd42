import assert from "node:assert/strict";
import { simpleGit } from "simple-git";
import { listSignatures, readSignature } from "../../../client/repository/signature";
import { mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";

describe("who committed what", () => {
    it("is read as it was written, newest first", () =>
        withFolder(async (folder) => {
            await mustGit(folder, undefined, "init", "--quiet");
            for (const subject of ["one", 'two: "quoted", with a tab\there'])
                await mustGit(
                    folder,
                    undefined,
                    "commit",
                    "--quiet",
                    "--allow-empty",
                    "-m",
                    subject,
                    "--author",
                    "Ada Ö <ada@agency.example>",
                );
            const git = simpleGit(folder);
            const [newest, oldest, ...others] = await listSignatures(git, ["HEAD"]);
            assert.deepEqual(others, []);
            assert.deepEqual([newest?.subject, oldest?.subject], ['two: "quoted", with a tab\there', "one"]);
            assert.deepEqual([newest?.name, newest?.email], ["Ada Ö", "ada@agency.example"]);
            assert.deepEqual(await readSignature(git, oldest?.id ?? ""), oldest);
        }));
});

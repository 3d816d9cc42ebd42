import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { bundleBranches } from "../../../client/repository/bundle";
import { mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("a bundle of a repository", function () {
    this.timeout(120_000);

    it("has every branch at its commit; without a token that is good there is none", () =>
        withFolder(async (folder) => {
            const { platform, settings } = await openTestSession();
            const { gitUrl } = await platform.api.makeSite("Acme", `${fresh("www")}.acme.example`);
            const address = {
                gitUrl,
                branch: "Production",
                token: settings.token,
                person: { name: "Pia", email: "pia@agency.example" },
            };
            await assert.rejects(bundleBranches({ ...address, token: "none" }, path.join(folder, "b")), {
                code: "unauthenticated",
            });
            assert.deepEqual(await readdir(folder), []);
            await bundleBranches(address, path.join(folder, "b"));
            const there = await mustGit(folder, settings.token, "ls-remote", gitUrl, "refs/heads/*");
            assert.deepEqual(
                await mustGit(folder, undefined, "bundle", "list-heads", "b"),
                there.replaceAll("\t", " "),
            );
        }));
});

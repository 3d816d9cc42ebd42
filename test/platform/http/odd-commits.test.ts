import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { git, mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("commits as no tool of today writes them", (platform) => {
    it("are shown like all others", () =>
        withFolder(async (folder) => {
            const { api, token } = platform();
            const { account, application, gitUrl } = await api.makeSite("Acme", `www.${fresh("odd")}.example`);
            const at = `/account/${account}/application/${application}/environment/Production`;
            const clone = path.join(folder, "clone");
            await mustGit(folder, token, "clone", "--quiet", gitUrl, clone);
            const shown: Record<string, [string, string, string]> = {
                "Ada <ada@b.example> 1 +0000": ["Ada", "ada@b.example", "1970-01-01T00:00:01.000Z"],
                "Ada <ada@b.example> 9999999999999 +0000": ["Ada", "ada@b.example", "9999-12-31T23:59:59.000Z"],
                "Ada <ada@b.example> 99999999999999999 +0000": ["Ada", "ada@b.example", "9999-12-31T23:59:59.000Z"],
                "Ada <> 1700000000 +9999": ["Ada", "", "2023-11-14T22:13:20.000Z"],
                " <x> 1700000000 -0000": ["", "x", "2023-11-14T22:13:20.000Z"],
            };
            for (const [who, [name, email, time]] of Object.entries(shown)) {
                const [tree, parent] = (await mustGit(clone, undefined, "rev-parse", "HEAD^{tree}", "HEAD"))
                    .trim()
                    .split("\n");
                const file = path.join(folder, "commit");
                await writeFile(file, `tree ${tree}\nparent ${parent}\nauthor ${who}\ncommitter ${who}\n\nodd\n`);
                const commit = (
                    await mustGit(clone, undefined, "hash-object", "--literally", "-t", "commit", "-w", file)
                ).trim();
                await mustGit(clone, undefined, "update-ref", "refs/heads/Production", commit);
                const { code, stderr } = await git(clone, token, "push", "origin", "Production");
                assert.equal(code, 0, stderr);
                const head = await api.get(`${at}/head`);
                assert.deepEqual([head.commit, head.author, head.committed_at], [commit, { name, email }, time]);
            }
            assert.equal((await api.get(`${at}/commits`)).length, 6);
            assert.equal((await api.get(`${at}/deployments`)).length, 5, "the first one came with the application");
        }));
});

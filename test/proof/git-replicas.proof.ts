import assert from "node:assert/strict";
import path from "node:path";
import { openRepositories } from "../../platform/git/repositories";
import { tidyRules } from "../../platform/git/upkeep/tidy-repository";
import { Api } from "../support/api";
import { commitFile } from "../support/clone";
import { git, mustGit } from "../support/git";
import { startPlatform, withFolder } from "../support/platform";
import { freshDatabase } from "../support/stores";

const pushers = 6;
const pushesEach = 4;
const editsEach = 6;
/** Everything is due at every moment, without a quiet time. */
const eager = { ...tidyRules, mostLoose: 0, mostPacks: 1, mostReferences: 0, pruneEveryMs: 0, expiryMs: 0, quietMs: 0 };

describe("two platforms on one volume", () => {
    it("take pushes and edits of one branch at once while a third process tidies it: nothing is lost, nothing is twice", async function () {
        this.timeout(900_000);
        await withFolder(async (folder) => {
            const shared = { dataDir: path.join(folder, "data"), databaseUrl: await freshDatabase() };
            const first = await startPlatform(shared);
            const second = await startPlatform(shared);
            const repositories = await openRepositories({ root: path.join(shared.dataDir, "repositories") });
            const done = { pushed: 0, refused: 0, edited: 0, packed: 0, pruned: 0 };
            let isOver = false;
            try {
                const { account, application, gitUrl } = await first.api.makeSite("Acme", "www.acme.example");
                const root = `/account/${account}/application/${application}/environment`;
                const urls = [gitUrl, gitUrl.replace(first.url, second.url)];
                const push = async (index: number) => {
                    const clone = path.join(folder, `clone${index}`);
                    await mustGit(folder, first.token, "clone", "--quiet", urls[index % 2] as string, clone);
                    for (let count = 0; count < pushesEach; count += 1) {
                        await commitFile(clone, `varnish/${index}-${count}.txt`, `${index} ${count}`);
                        for (;;) {
                            const { code, stderr } = await git(clone, first.token, "push");
                            if (code === 0) break;
                            assert.match(stderr, /\[rejected\].*fetch first/s);
                            done.refused += 1;
                            await mustGit(clone, first.token, "pull", "--quiet", "--rebase");
                        }
                        done.pushed += 1;
                    }
                };
                const edit = async ({ url }: { url: string }, index: number) => {
                    const api = new Api(url, first.token);
                    for (let count = 0; count < editsEach; count += 1) {
                        await api.must("POST", `${root}/Production/ipRestrictions`, {
                            ip_blacklist: [`10.${index}.${count}.1`],
                        });
                        done.edited += 1;
                    }
                };
                const tidy = async () => {
                    while (!isOver) {
                        const tidied = await repositories.tidy(application, eager);
                        done.packed += Number(tidied?.packed ?? false);
                        done.pruned += Number(tidied?.pruned ?? false);
                        await new Promise((resolve) => setTimeout(resolve, 30));
                    }
                };
                const tidying = tidy();
                await Promise.all([
                    ...Array.from({ length: pushers }, (_, index) => push(index)),
                    edit(first, 1),
                    edit(second, 2),
                ]);
                isOver = true;
                await tidying;
                await mustGit(folder, first.token, "clone", "--quiet", urls[1] as string, "end");
                const end = path.join(folder, "end");
                assert.equal(
                    (await mustGit(end, undefined, "rev-list", "--count", "HEAD")).trim(),
                    String(1 + pushers * pushesEach + 2 * editsEach),
                );
                assert.equal(
                    (await mustGit(end, undefined, "ls-files", "varnish/*-*.txt")).trim().split("\n").length,
                    pushers * pushesEach,
                );
                const gitDir = repositories.folder({ accountId: account, applicationId: application });
                assert.equal(await mustGit(gitDir, undefined, "fsck", "--full", "--strict", "--no-dangling"), "");
                console.log(`      ${JSON.stringify(done)}: 0 lost, 0 twice, the repository is whole`);
            } finally {
                isOver = true;
                await repositories.close();
                await Promise.all([first.close(), second.close()]);
            }
        });
    });
});

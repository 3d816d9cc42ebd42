import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type AllBranches, withAllBranches } from "../../../../client/repository/all-branches";
import { environmentNoun } from "../../../../provider/nouns/environment/environment";
import { requireCommit, resolvePromote } from "../../../../provider/nouns/environment/promotion-target";
import { mustGit } from "../../../support/git";
import { withFolder } from "../../../support/platform";
import { openTestSession, ways } from "../../../support/provider";
import { fresh } from "../../../support/stores";
import { openBranch } from "../../../support/ways";

const author = "Gita <gita@agency.example> 1795000000 +0000";
const textOf = (tree: string, parent: string, number: number) =>
    `tree ${tree}\nparent ${parent}\nauthor ${author}\ncommitter ${author}\n\ncommit ${number}\n`;
const idOf = (text: string) => createHash("sha1").update(`commit ${text.length}\0${text}`).digest("hex");

/** Two commits with the same parent whose ids begin with the same digits. */
function findTwins(tree: string, parent: string, digits: number): [string, string] {
    const known = new Map<string, string>();
    for (let number = 0; ; number += 1) {
        const text = textOf(tree, parent, number);
        const short = idOf(text).slice(0, digits);
        const twin = known.get(short);
        if (twin !== undefined) return [twin, text];
        known.set(short, text);
    }
}

for (const way of ways)
    describe(`the commit that a promotion names, by ${way}`, function () {
        this.timeout(120_000);

        it("is found by the first digits of its id; several and none are refused, with those that it could be", () =>
            withFolder(async (folder) => {
                const { address, session } = await openBranch(way);
                const clone = path.join(folder, "clone");
                const git = async (...args: string[]) => (await mustGit(clone, session.settings.token, ...args)).trim();
                await mustGit(folder, session.settings.token, "clone", "--quiet", address.gitUrl, clone);
                const [parent = "", tree = ""] = (
                    await git("rev-parse", "origin/Production", "origin/Production^{tree}")
                ).split("\n");
                const twins = findTwins(tree, parent, 7);
                for (const [index, text] of twins.entries()) {
                    const file = path.join(folder, `commit-${index}`);
                    await writeFile(file, text);
                    assert.equal(await git("hash-object", "-t", "commit", "-w", file), idOf(text));
                }
                const [one, other] = twins.map(idOf) as [string, string];
                await git("push", "--quiet", "origin", `${one}:refs/heads/Production`);
                // a merge brings the other one into the branch
                await git("checkout", "--quiet", "--detach", one);
                await git("merge", "--quiet", "--no-ff", "-s", "ours", "-m", "both", other);
                await git("push", "--quiet", "origin", "HEAD:refs/heads/Production");
                const look = <T>(work: (branches: AllBranches) => Promise<T>) => withAllBranches(address, work);
                assert.equal(await look((branches) => requireCommit(branches, parent.slice(0, 7))), parent);
                assert.equal(await look((branches) => requireCommit(branches, one.slice(0, 12))), one);
                await assert.rejects(
                    look((branches) => requireCommit(branches, one.slice(0, 7))),
                    ({ message, property }: { message: string; property: string }) => {
                        assert.equal(property, "promote");
                        assert.match(message, new RegExp(`^${one.slice(0, 7)} can be 2 commits: `));
                        for (const commit of [one, other])
                            assert.match(
                                message,
                                new RegExp(
                                    `Gita <gita@agency\\.example>, 20.* UTC, commit ${commit.slice(0, 10)} "commit`,
                                ),
                            );
                        assert.match(message, /Write more digits of the one that you mean/);
                        return true;
                    },
                );
                await assert.rejects(
                    look((branches) => requireCommit(branches, "0123456")),
                    /commit 0123456 is in no branch of this repository: .*Production is at Gita .*"both".*`pulumi-section history` lists/s,
                );
            }));

        it("is the present one of another environment, for a preview; and none of one that is not there", async () => {
            const session = await openTestSession({ way });
            const { account, application } = await session.platform.api.makeSite(
                "Acme",
                `${fresh("now")}.acme.example`,
            );
            const site = `${account}/${application}`;
            const { outputs } = await environmentNoun.ensure(session, { application: site, name: "Production" });
            const declared = { application: site, name: "Production" };
            const resolve = (promote: Parameters<typeof resolvePromote>[1]["promote"], promoted?: string) =>
                resolvePromote(session, { ...declared, promote }, { promote: promoted });
            assert.deepEqual(await resolve({ environment: `${site}/Production` }), { promote: outputs.head });
            assert.match(
                session.told.join("\n"),
                /^Production of \d+\/\d+ waits: what this update does to Production goes live with the next one/,
            );
            assert.deepEqual(await resolve({ environment: `${site}/Nowhere` }, "a".repeat(40)), {
                promote: "a".repeat(40),
            });
            assert.deepEqual(await resolve({}), { promote: undefined });
            assert.deepEqual(await resolve((outputs.head as string).slice(0, 8)), { promote: outputs.head });
            assert.deepEqual(await resolve(outputs.head), {});
            assert.deepEqual(await resolve(undefined), {});
            await assert.rejects(resolve("0123456"), { property: "promote" });
            assert.deepEqual(
                await resolvePromote(session, { application: `${account}/999999`, name: "P", promote: "0123456" }, {}),
                {},
            );
        });
    });

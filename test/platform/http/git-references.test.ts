import assert from "node:assert/strict";
import { type Clone, commitFile, withClone as withCloneOf } from "../../support/clone";
import { git, mustGit } from "../../support/git";
import { startPlatform } from "../../support/platform";
import { onEveryPlatform } from "../../support/stores";

describe("a platform that lets Production be rewritten", () => {
    it("takes a forced push, and nothing without force", async () => {
        const platform = await startPlatform({ allowProductionRewrite: true });
        try {
            await withCloneOf(platform, async ({ write, push, git: inFolder, root }) => {
                await write("secret.txt", "secret");
                assert.equal((await push()).code, 0);
                await inFolder("reset", "--quiet", "--hard", "HEAD~1");
                await write("varnish/note.txt", "no secret");
                assert.match((await push()).stderr, /non-fast-forward/);
                assert.equal((await push("--force-with-lease")).code, 0);
                assert.equal((await platform.api.get(`${root}/Production/commits`)).length, 2);
            });
        } finally {
            await platform.close();
        }
    }).timeout(60_000);
});

onEveryPlatform("references over HTTP", (platform) => {
    const withClone = (work: (clone: Clone) => Promise<void>) => withCloneOf(platform(), work);

    it("an environment's branch is not deleted, Production is not rewritten", () =>
        withClone(async ({ write, push, git, root }) => {
            const { api } = platform();
            await api.must("POST", `${root}/create`, {
                name: "Staging",
                source_environment_name: "Production",
                domain_name: `s${root.replaceAll("/", "")}.acme.example`,
            });
            for (const name of ["Production", "Staging"])
                assert.match(
                    (await push("origin", `:${name}`)).stderr,
                    new RegExp(
                        `${name} is an environment; its branch cannot be deleted.*pre-receive hook declined`,
                        "s",
                    ),
                );
            await git("checkout", "--quiet", "--orphan", "fresh");
            await write("other.txt", "x");
            const rewrite = await push("--force", "origin", "fresh:Production");
            assert.match(rewrite.stderr, /remote: Production takes fast-forwards only/);
            assert.match(rewrite.stderr, /! \[rejected\] +fresh -> Production \(non-fast-forward\)/);
            assert.match(rewrite.stderr, /hint: .*'git pull/, "git's own advice");
            const { environments } = JSON.parse(await git("show", "HEAD:section.config.json"));
            await write(
                "section.config.json",
                JSON.stringify({ proxychain: [], environments: { ...environments, Staging: environments.Production } }),
            );
            assert.equal(
                (await push("--force", "origin", "fresh:Staging")).code,
                0,
                "elsewhere history may be rewritten",
            );
        }));

    it("a feature branch is stored, not deployed, may be rewritten and deleted", () =>
        withClone(async ({ write, push, git, root }) => {
            await git("checkout", "--quiet", "-b", "dev/feature");
            await write("varnish/default.vcl", "vcl 4.0;\n# feature\n");
            const first = await push("origin", "dev/feature");
            assert.match(first.stderr, /remote: Branch dev\/feature is kept and not deployed/);
            await git("commit", "--quiet", "--amend", "--message", "again");
            assert.match((await push("origin", "dev/feature")).stderr, /\[rejected\].*non-fast-forward/s);
            assert.equal((await push("--force-with-lease", "origin", "dev/feature")).code, 0);
            const { api } = platform();
            assert.deepEqual(
                (await api.get(root)).map(({ environment_name }: { environment_name: string }) => environment_name),
                ["Production"],
            );
            const nested = await push("origin", "dev/feature:dev");
            assert.match(nested.stderr, /remote: branch dev and branch dev\/feature cannot stand beside each other/);
            assert.match(nested.stderr, /! \[remote rejected\] dev\/feature -> dev \(failed to update ref\)/);
            assert.equal((await push("origin", ":dev/feature")).code, 0);
            assert.equal((await push("origin", "dev/feature:dev")).code, 0, "the name is free once the other is gone");
            assert.match(
                (await push("origin", "dev/feature:production")).stderr,
                /the environment is called Production/,
            );
        }));

    it("tags are stored, move by force only and can be deleted", () =>
        withClone(async ({ write, push, git, again }) => {
            await git("tag", "light");
            await git("tag", "--annotate", "--message", "one", "v1.0");
            assert.equal((await push("--tags")).code, 0);
            const other = await again("tagged");
            assert.deepEqual((await mustGit(other, undefined, "tag")).trim().split("\n"), ["light", "v1.0"]);
            await write("a.txt", "a");
            await git("tag", "--force", "light");
            assert.match((await push("origin", "light")).stderr, /already exists/);
            assert.equal((await push("--force", "origin", "light")).code, 0);
            assert.equal((await push("origin", ":light", ":v1.0")).code, 0);
            assert.equal(await git("ls-remote", "--tags"), "");
        }));

    it("other references and names that hurt are refused", () =>
        withClone(async ({ push }) => {
            assert.match(
                (await push("origin", "HEAD:refs/notes/commits")).stderr,
                /refs\/notes\/commits: only branches and tags are kept/,
            );
            assert.match(
                (await push("origin", "HEAD:refs/heads/ümlaut")).stderr,
                /the name of a branch may have letters, digits/,
            );
        }));

    it("several branches in one push: one that is refused refuses all, and --atomic is all or none", () =>
        withClone(async ({ write, push, git, again }) => {
            const { token } = platform();
            await git("branch", "good");
            await git("checkout", "--quiet", "-b", "bad");
            await write("section.config.json", "{");
            const both = await push("origin", "good", "bad");
            assert.match(both.stderr, /good -> good \(pre-receive hook declined\)/);
            assert.equal((await git("ls-remote", "--heads", "origin", "good", "bad")).trim(), "");
            await git("checkout", "--quiet", "Production");
            const other = await again("other");
            await commitFile(other, "other.txt", "x");
            await mustGit(other, token, "push", "--quiet");
            await write("mine.txt", "x");
            const apart = await push("origin", "good", "Production");
            assert.match(apart.stderr, /\* \[new branch\] +good -> good/);
            assert.match(apart.stderr, /\[rejected\].*fetch first/s);
            await git("branch", "better");
            const together = await push("--atomic", "origin", "better", "Production");
            assert.match(together.stderr, /\[rejected\]/);
            assert.equal((await git("ls-remote", "--heads", "origin", "better")).trim(), "");
        }));

    it("a commit that is there already, nothing new, and options without a meaning are fine", () =>
        withClone(async ({ push, git, write }) => {
            assert.match((await push()).stderr, /Everything up-to-date/);
            assert.equal((await push("origin", "HEAD:refs/heads/same")).code, 0);
            await write("a.txt", "a");
            const { code, stderr } = await push("--push-option=ci.skip", "origin", "Production");
            assert.equal(code, 0, stderr);
            assert.match(stderr, /remote: warning: push option "ci\.skip" has no meaning here and is ignored/);
            assert.match(
                (await git("status", "--short", "--branch")).trim(),
                /^## Production\.\.\.origin\/Production$/,
            );
        }));

    it("two pushers: the second one is told to fetch first", () =>
        withClone(async ({ write, push, again, git: inFolder }) => {
            const { token } = platform();
            const other = await again("other");
            await write("one.txt", "1");
            assert.equal((await push()).code, 0);
            await commitFile(other, "two.txt", "2");
            assert.match((await git(other, token, "push")).stderr, /\[rejected\].*fetch first/s);
            await mustGit(other, token, "pull", "--quiet", "--rebase");
            assert.equal((await git(other, token, "push")).code, 0);
            await inFolder("pull", "--quiet");
        }));

    it("twenty pushes on one head at once: one wins, nineteen get git's own advice, and nothing is lost", async function () {
        this.timeout(120_000);
        await withClone(async ({ again, root, git: inFolder }) => {
            const { token, api } = platform();
            const clones = await Promise.all(Array.from({ length: 20 }, (_, index) => again(`c${index}`)));
            await Promise.all(clones.map((clone, index) => commitFile(clone, `file${index}.txt`, `${index}`)));
            const outcomes = await Promise.all(clones.map((clone) => git(clone, token, "push")));
            const winners = outcomes.filter(({ code }) => code === 0);
            assert.equal(winners.length, 1);
            for (const { code, stderr } of outcomes) {
                if (code === 0) continue;
                assert.match(stderr, /! \[rejected\] +Production -> Production \(fetch first\)/);
                assert.match(stderr, /hint: Updates were rejected because the remote contains work that you do/);
            }
            assert.equal((await api.get(`${root}/Production/commits`)).length, 2);
            assert.equal((await api.get(`${root}/Production/deployments`)).length, 1);
            await inFolder("pull", "--quiet");
            assert.match(await inFolder("fsck", "--strict"), /^$/);
        });
    });
});

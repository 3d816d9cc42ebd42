import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { symlink } from "node:fs/promises";
import path from "node:path";
import { type Clone, withClone as withCloneOf } from "../../support/clone";
import { mustGit } from "../../support/git";
import { onEveryPlatform } from "../../support/stores";

onEveryPlatform("git over HTTP", (platform) => {
    const withClone = (work: (clone: Clone) => Promise<void>) => withCloneOf(platform(), work);

    it("a clone has Production with the first commit's files", () =>
        withClone(async ({ folder, git }) => {
            assert.equal((await git("branch", "--show-current")).trim(), "Production");
            assert.deepEqual((await git("ls-files")).trim().split("\n"), [
                ".gitignore",
                "custom_errors/500.html.sample",
                "local.config.json.sample",
                "section.config.json",
                "varnish/default.vcl",
                "varnish/proxy-features.json",
            ]);
            assert.equal(
                (await git("log", "--format=%an <%ae> %cn %s")).trim(),
                "Section.io <support@section.io> Section.io initial section.config.json",
            );
            assert.match(await mustGit(folder, undefined, "fsck", "--strict"), /^$/);
        }));

    it("a push is validated, deployed and noted", () =>
        withClone(async ({ write, push, root }) => {
            await write("varnish/default.vcl", "vcl 4.0;\n");
            const { code, stderr } = await push();
            assert.equal(code, 0, stderr);
            assert.match(stderr, /remote: Validating configuration for proxy varnish\.\.\./);
            const { api } = platform();
            assert.equal((await api.get(`${root}/Production/head`)).subject, "write varnish/default.vcl");
            const [deployment] = await api.get(`${root}/Production/deployments`);
            assert.equal(deployment.author.email, "olga@agency.example", "who pushed, not who wrote the commit");
            const [commit] = await api.get(`${root}/Production/commits`);
            assert.deepEqual([commit.commit, commit.author.email], [deployment.commit, "gita@agency.example"]);
        }));

    it("each proxy of the chain has its line, in order, then what is wrong with any of them", () =>
        withClone(async ({ write, push }) => {
            const chain = [
                { name: "second", image: "varnish:6.3.1" },
                { name: "varnish", image: "varnish:6.3.1" },
                { name: "third", image: "kraken:2.0.0" },
            ];
            await write("third/kraken.json", '{"enabled": false,}');
            await write("second/default.vcl", "vcl 4.0;\nsub vcl_recv {\n");
            await write(
                "section.config.json",
                JSON.stringify({
                    proxychain: chain,
                    environments: { Production: { origin: { address: "a.example" } } },
                }),
            );
            const { stderr } = await push();
            const lines = stderr
                .split("\n")
                .filter((line) => line.startsWith("remote: "))
                .map((line) => line.slice(8).trim());
            assert.deepEqual(lines, [
                "Validating configuration for proxy second...",
                "Validating configuration for proxy varnish...",
                "Validating configuration for proxy third...",
                "second/default.vcl:2:14: { is never closed",
                'third/kraken.json:1:19: cannot be parsed as JSON: a property name in "double quotes" is expected',
            ]);
        }));

    const refused: [string, string, string, RegExp][] = [
        [
            "a section.config.json that is no JSON",
            "section.config.json",
            '{\n  "proxychain": [],,\n}',
            /remote: Error: File section\.config\.json cannot be parsed as JSON\. Check its syntax\. +\nremote: section\.config\.json:2:20: /,
        ],
        [
            "a proxy's name with a dash",
            "section.config.json",
            '{"proxychain":[{"name":"my-varnish","image":"varnish:6.3.1"}],"environments":{"Production":{"origin":{"address":"a.example"}}}}',
            /remote: Proxy name 'my-varnish' is invalid in section\.config\.json, proxy names can only contain alphanumeric characters/,
        ],
        [
            "an image nobody has",
            "section.config.json",
            '{"proxychain":[{"name":"varnish","image":"varnish:99"}],"environments":{"Production":{"origin":{"address":"a.example"}}}}',
            /remote: Image 'varnish:99' for proxy name 'varnish' is not a valid image name in section\.config\.json/,
        ],
        [
            "a block that is missing",
            "section.config.json",
            '{"proxychain":[],"environments":{}}',
            /remote: section\.config\.json has no block environments\.Production/,
        ],
        [
            "a JSON file of a proxy that is no JSON",
            "varnish/proxy-features.json",
            "{,}",
            /remote: varnish\/proxy-features\.json:1:2: cannot be parsed as JSON: a value is expected/,
        ],
        [
            "VCL that is not closed",
            "varnish/default.vcl",
            "vcl 4.0;\nsub vcl_recv {\n",
            /remote: varnish\/default\.vcl:2:14: \{ is never closed/,
        ],
    ];
    for (const [title, file, text, line] of refused) {
        it(`${title} is refused with the line that says so, and nothing changes`, () =>
            withClone(async ({ write, push, root }) => {
                const before = await platform().api.get(`${root}/Production/head`);
                await write(file, text);
                const { code, stderr } = await push();
                assert.equal(code, 1);
                assert.match(stderr, line);
                assert.match(stderr, /! \[remote rejected\] Production -> Production \(pre-receive hook declined\)/);
                assert.deepEqual(await platform().api.get(`${root}/Production/head`), before);
            }));
    }

    it("symbolic links and submodules are refused, odd names are kept with a warning", () =>
        withClone(async ({ folder, write, push, git }) => {
            await write("varnish/Readme", "x");
            await write("varnish/README", "x");
            await write("varnish/back\\slash", "x");
            const kept = await push();
            assert.equal(kept.code, 0, kept.stderr);
            assert.match(kept.stderr, /remote: warning: varnish\/README and varnish\/Readme differ in case only/);
            assert.match(kept.stderr, /remote: warning: "varnish\/back\\\\slash" has a backslash/);
            await symlink("/etc/passwd", path.join(folder, "varnish", "passwd"));
            await write("varnish/note.txt", "x");
            assert.match((await push()).stderr, /varnish\/passwd is a symbolic link: never use symbolic links/);
            await git("reset", "--quiet", "--hard", "origin/Production");
            await git("update-index", "--add", "--cacheinfo", `160000,${"a".repeat(40)},module`);
            await git("commit", "--quiet", "--message", "module");
            assert.match((await push()).stderr, /module is a submodule/);
        }));

    it("a tree that would overwrite somebody's .git is refused with the reason", () =>
        withClone(async ({ folder, push, git }) => {
            const blob = (await git("hash-object", "-w", "section.config.json")).trim();
            const listing = `${await git("ls-tree", "HEAD")}100644 blob ${blob}\t.GIT\n`;
            const tree = execFileSync("git", ["mktree"], { cwd: folder, input: listing, encoding: "utf8" }).trim();
            const commit = (await git("commit-tree", "-p", "HEAD", "-m", "evil", tree)).trim();
            const { code, stderr } = await push("origin", `${commit}:refs/heads/evil`);
            assert.equal(code, 1);
            assert.match(stderr, /remote: git does not accept object [0-9a-f]{40}: contains '\.git'/);
        }));

    it("histories that old tools wrote are taken", () =>
        withClone(async ({ folder, push, git }) => {
            const tree = (await git("rev-parse", "HEAD^{tree}")).trim();
            const text = `tree ${tree}\nauthor Old <old@agency.example> 1200000000 +051800\ncommitter Old <old@agency.example>1200000000 +0000\n\nold\n`;
            const commit = execFileSync("git", ["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], {
                cwd: folder,
                input: text,
                encoding: "utf8",
            }).trim();
            const { code, stderr } = await push("origin", `${commit}:refs/heads/old`);
            assert.equal(code, 0, stderr);
        }));
});

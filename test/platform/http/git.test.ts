import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { git, mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("git over HTTP", (platform) => {
    const makeSite = () => platform().api.makeSite("Acme", `${fresh("git")}.acme.example`);

    /** A clone of Production with a person's hands on it. */
    async function withClone(
        work: (clone: {
            folder: string;
            gitUrl: string;
            write(file: string, text: string): Promise<void>;
            push(...args: string[]): Promise<{ code: number; stderr: string }>;
            root: string;
        }) => Promise<void>,
    ): Promise<void> {
        const { token } = platform();
        const { account, application, gitUrl } = await makeSite();
        await withFolder(async (folder) => {
            const clone = path.join(folder, "clone");
            await mustGit(folder, token, "clone", "--quiet", gitUrl, clone);
            const write = async (file: string, text: string) => {
                await mkdir(path.dirname(path.join(clone, file)), { recursive: true });
                await writeFile(path.join(clone, file), text);
                await mustGit(clone, undefined, "add", "--all", "--force");
                await mustGit(clone, undefined, "commit", "--quiet", "--message", `write ${file}`);
            };
            await work({
                folder: clone,
                gitUrl,
                write,
                push: (...args) => git(clone, token, "push", ...args),
                root: `/account/${account}/application/${application}/environment`,
            });
        });
    }

    it("a clone has Production with the first commit's files", () =>
        withClone(async ({ folder }) => {
            assert.equal((await mustGit(folder, undefined, "branch", "--show-current")).trim(), "Production");
            const files = (await mustGit(folder, undefined, "ls-files")).trim().split("\n");
            assert.deepEqual(files, [
                ".gitignore",
                "custom_errors/500.html.sample",
                "local.config.json.sample",
                "section.config.json",
                "varnish/default.vcl",
                "varnish/proxy-features.json",
            ]);
            assert.equal(
                (await mustGit(folder, undefined, "log", "--format=%an <%ae> %cn %s")).trim(),
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
            assert.equal((await api.get(`${root}/Production/deployments`))[0].author.email, "olga@agency.example");
        }));

    const refused: [string, string, string, RegExp][] = [
        [
            "a section.config.json that is no JSON",
            "section.config.json",
            "{",
            /remote: Error: File section\.config\.json cannot be parsed as JSON\. Check its syntax/,
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
        ["a JSON file of a proxy that is no JSON", "varnish/proxy-features.json", "{,}", /remote: varnish\/proxy-features\.json cannot be parsed as JSON/],
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

    it("symbolic links, deleting an environment, tags and rewriting Production are refused", () =>
        withClone(async ({ folder, write, push }) => {
            assert.match((await push("origin", ":Production")).stderr, /Production is an environment; its branch cannot be deleted/);
            await mustGit(folder, undefined, "tag", "v1");
            assert.match((await push("origin", "v1")).stderr, /only branches can be pushed/);
            await symlink("/etc/passwd", path.join(folder, "varnish", "passwd"));
            await write("varnish/note.txt", "x");
            assert.match((await push()).stderr, /varnish\/passwd is a symbolic link: never use symbolic links/);
            await mustGit(folder, undefined, "checkout", "--quiet", "--orphan", "fresh");
            await write("other.txt", "x");
            assert.match((await push("--force", "origin", "fresh:Production")).stderr, /Production takes fast-forwards only/);
        }));

    it("a feature branch is stored, not deployed, and can be deleted", () =>
        withClone(async ({ folder, write, push, root }) => {
            await mustGit(folder, undefined, "checkout", "--quiet", "-b", "dev/feature");
            await write("varnish/default.vcl", "vcl 4.0;\n# feature\n");
            assert.equal((await push("origin", "dev/feature")).code, 0);
            assert.deepEqual(
                (await platform().api.get(root)).map(({ environment_name }: { environment_name: string }) => environment_name),
                ["Production"],
            );
            assert.equal((await push("origin", ":dev/feature")).code, 0);
        }));

    it("two pushers: the second one is told to fetch first", () =>
        withClone(async ({ folder, gitUrl, write, push }) => {
            await withFolder(async (elsewhere) => {
                const { token } = platform();
                const other = path.join(elsewhere, "other");
                await mustGit(elsewhere, token, "clone", "--quiet", gitUrl, other);
                await write("one.txt", "1");
                assert.equal((await push()).code, 0);
                await writeFile(path.join(other, "two.txt"), "2");
                await mustGit(other, undefined, "add", "--all");
                await mustGit(other, undefined, "commit", "--quiet", "--message", "two");
                assert.match((await git(other, token, "push")).stderr, /\[rejected\].*fetch first/s);
                await mustGit(other, token, "pull", "--quiet", "--rebase");
                assert.equal((await git(other, token, "push")).code, 0);
                await mustGit(folder, token, "pull", "--quiet");
            });
        }));

    it("every protocol, shallow and partial clones, and a thousand files work", () =>
        withClone(async ({ folder, gitUrl, push }) => {
            const { token } = platform();
            await mkdir(path.join(folder, "many"));
            for (let index = 0; index < 1000; index += 1) await writeFile(path.join(folder, "many", `${index}.txt`), `${index}\n`.repeat(50));
            await mustGit(folder, undefined, "add", "--all");
            await mustGit(folder, undefined, "commit", "--quiet", "--message", "many");
            assert.equal((await push()).code, 0);
            await withFolder(async (elsewhere) => {
                for (const [name, args] of Object.entries({
                    v0: ["-c", "protocol.version=0"],
                    v1: ["-c", "protocol.version=1"],
                    v2: ["-c", "protocol.version=2"],
                })) {
                    await mustGit(elsewhere, token, ...args, "clone", "--quiet", gitUrl, name);
                    assert.equal((await mustGit(path.join(elsewhere, name), undefined, "ls-files", "many")).trim().split("\n").length, 1000);
                }
                await mustGit(elsewhere, token, "clone", "--quiet", "--depth", "1", gitUrl, "shallow");
                assert.equal((await mustGit(path.join(elsewhere, "shallow"), undefined, "rev-list", "--count", "HEAD")).trim(), "1");
                await mustGit(elsewhere, token, "clone", "--quiet", "--filter=blob:none", gitUrl, "partial");
                assert.equal(await mustGit(path.join(elsewhere, "partial"), token, "show", "HEAD:many/7.txt"), "7\n".repeat(50));
            });
        }));

    it("asks who it is: no token 401 with a realm, a stranger 404, a reader may fetch and not push", async () => {
        const { url, signUp, api } = platform();
        const { account, application, gitUrl } = await makeSite();
        const anonymous = await fetch(`${gitUrl}/info/refs?service=git-upload-pack`);
        assert.deepEqual([anonymous.status, anonymous.headers.get("www-authenticate")], [401, 'Basic realm="section"']);
        assert.equal((await fetch(`${url}/account/4711/application/1/x.git/info/refs?service=git-upload-pack`)).status, 401, "nobody learns what exists");
        const email = `${fresh("reader")}@agency.example`;
        const reader = await signUp(email);
        await withFolder(async (folder) => {
            assert.match((await git(folder, reader.token, "clone", gitUrl, "x")).stderr, /not found/);
            await api.must("POST", `/account/${account}/user`, { email, accountCapability: "readonly" });
            await mustGit(folder, reader.token, "clone", "--quiet", gitUrl, "x");
            await mustGit(folder, reader.token, "clone", "--quiet", gitUrl.replace(/[^/]+\.git$/, "anything.git"), "y");
            const clone = path.join(folder, "x");
            await writeFile(path.join(clone, "z.txt"), "z");
            await mustGit(clone, undefined, "add", "--all");
            await mustGit(clone, undefined, "commit", "--quiet", "--message", "z");
            assert.match((await git(clone, reader.token, "push")).stderr, /403/);
        });
        assert.equal((await api.get(`/account/${account}/application/${application}/environment/Production/commits`)).length, 1);
    });
});

import assert from "node:assert/strict";
import { mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";
import { pushFiles } from "../../support/push";
import { fresh, onEveryPlatform } from "../../support/stores";

type Files = Record<string, string | null | { base64: string }>;

onEveryPlatform("content of a branch over HTTP", (platform) => {
    async function site() {
        const { api } = platform();
        const hostname = `${fresh("content")}.acme.example`;
        const { account, application, gitUrl } = await api.makeSite("Acme", hostname);
        const root = `/account/${account}/application/${application}/environment`;
        const at = `${root}/Production`;
        const head = async (): Promise<string> => (await api.get(`${at}/head`)).commit;
        const commit = (files: Files, more: Record<string, unknown> = {}) =>
            api.call("POST", `${at}/commit`, { expected: more.expected, message: "edit", files, ...more });
        const onHead = async (files: Files, more: Record<string, unknown> = {}) =>
            commit(files, { expected: await head(), ...more });
        return { api, account, application, hostname, gitUrl, root, at, head, commit, onHead };
    }

    it("is read in one request: files with blobs and modes, and the content of those that are named", async () => {
        const { api, at, head, onHead } = await site();
        const picture = Buffer.from([0, 0xff, 13]);
        const made = await onHead({ "a b/ü&?.txt": "x\r\n", "p.png": { base64: picture.toString("base64") } });
        assert.equal(made.status, 200, made.text);
        const { commit, files } = await api.get(`${at}/content`);
        assert.deepEqual(
            [commit.commit, commit.tree, commit.message, commit.author.email],
            [made.json.commit, made.json.tree, "edit", "olga@agency.example"],
        );
        const contents = (list: { path: string; content?: unknown }[]) =>
            Object.fromEntries(list.flatMap(({ path, content }) => (content === undefined ? [] : [[path, content]])));
        assert.deepEqual(contents(files), {});
        assert.ok(
            files.some(({ path, mode }: { path: string; mode: string }) => path === "p.png" && mode === "100644"),
        );
        const named = await api.get(`${at}/content?file=${encodeURIComponent("a b/ü&?.txt")}&file=p.png&file=nothing`);
        assert.deepEqual(contents(named.files), {
            "a b/ü&?.txt": "x\r\n",
            "p.png": { base64: picture.toString("base64") },
        });
        const all = await api.get(`${at}/content?content=all`);
        assert.equal(Object.keys(contents(all.files)).length, all.files.length);
        assert.equal((await api.call("GET", `${at}/content?known=${await head()}`)).status, 204, "nothing changed");
        assert.equal((await api.get(`${at}/content?known=${"0".repeat(40)}`)).commit.commit, made.json.commit);
    });

    it("other commits are read as long as a branch of the application has them, and only those", async () => {
        const { api, at, root, hostname, head, onHead } = await site();
        const first = await head();
        await onHead({ "one.txt": "1" });
        const body = { name: "Staging", source_environment_name: "Production", domain_name: `s.${hostname}` };
        const staging = await api.must("POST", `${root}/create`, body);
        for (const commit of [first, staging.head.commit])
            assert.equal((await api.get(`${at}/content?commit=${commit}`)).commit.commit, commit);
        const elsewhere = (await (await site()).onHead({ "elsewhere.txt": "x" })).json.commit;
        const { tree } = (await api.get(`${at}/content`)).commit;
        for (const none of [elsewhere, tree, "0".repeat(40)]) {
            const answer = await api.call("GET", `${at}/content?commit=${none}`);
            assert.equal(answer.status, 404, answer.text);
        }
        const promoted = await onHead({ "one.txt": null }, { content_of: first, message: "back" });
        assert.equal(promoted.json.tree, (await api.get(`${at}/content?commit=${first}`)).commit.tree);
        assert.deepEqual(
            (await api.get(`${at}/commits`)).map(({ message }: { message: string }) => message),
            ["back", "edit", "initial section.config.json"],
        );
    });

    it("a commit keeps modes and other files, moves files and folders into each other's place, and is none without a difference", async () => {
        const { api, at, head, onHead, gitUrl } = await site();
        const before = await head();
        assert.equal((await onHead({ ".gitignore": "local.config.json" })).json.commit, before);
        assert.equal((await onHead({ "no.such": null })).json.commit, before);
        const author = { name: "Pia", email: "pia@elsewhere.example" };
        await onHead({ a: "file", "x/y/z": "deep" }, { author, message: "  two\n\nlines\n\n" });
        await onHead({ a: null, "a/b": "inside", "x/y/z": null, x: "file" });
        const [, older] = await api.get(`${at}/commits`);
        assert.deepEqual([older.message, older.author], ["two\n\nlines", author]);
        const paths = (await api.get(`${at}/content`)).files.map(({ path }: { path: string }) => path);
        assert.ok(paths.includes("a/b") && paths.includes("x") && paths.includes(".gitignore"), paths.join());
        for (const files of [{ "a/b/c": "x" }, { a: "x" }, { q: "x", "q/r": "y" }] as Files[])
            assert.match((await onHead(files)).json.message, /is a (file, not a folder|folder, not a file)/);
        await withFolder(async (folder) => {
            await mustGit(folder, platform().token, "clone", "--quiet", gitUrl, "clone");
            const clone = `${folder}/clone`;
            assert.equal((await mustGit(clone, undefined, "fsck", "--strict", "--no-progress")).trim(), "");
            assert.equal((await mustGit(clone, undefined, "rev-list", "--count", "HEAD")).trim(), "3");
        });
        assert.equal((await api.get(`${at}/deployments`)).length, 2, "each is deployed once");
    });

    it("is refused and warned of in the words of a push of the same content", async () => {
        const { token } = platform();
        const lines = (stderr: string) =>
            stderr
                .split("\n")
                .filter((line) => line.startsWith("remote:"))
                .map((line) => line.slice("remote:".length).trim())
                .filter((line) => line !== "");
        const cases: [Files, boolean][] = [
            [{ "varnish/x.json": "{" }, false],
            [{ "section.config.json": '{"proxychain":[{"name":"a-b","image":"x"}],"environments":{}}' }, false],
            [{ "section.config.json": null }, false],
            [{ "varnish/default.vcl": "sub vcl_recv {" }, false],
            [{ "con.txt": "x", "A.txt": "x", "a.txt": "x" }, true],
            [{ "varnish/more.vcl": 'vcl 4.0;\ninclude "nowhere.vcl";\n' }, true],
            [
                {
                    "varnish/.section-external-source.json":
                        '{"section_payload_id":"a2ad0ffb-4046-4be9-81d2-ebea77743ae4"}',
                },
                true,
            ],
            [{ ".gitattributes": `${"x".repeat(3000)} text\n` }, false],
            [{ ".gitmodules": '[submodule "../x"]\n\tpath = a\n\turl = https://example.net/a\n' }, false],
            [{ ".gitmodules": "# nothing\n", ".gitattributes": "* text\n" }, true],
        ];
        for (const [files, isTaken] of cases) {
            const [pushed, sent] = [await site(), await site()];
            const words = lines(
                (await pushFiles(token, pushed.gitUrl, { files: files as Record<string, string | null> })).stderr,
            );
            const before = await sent.head();
            const { status, json } = await sent.onHead(files);
            const told = (status === 200 ? json.lines : json.messages) as string[];
            const same = (text: string) => text.replaceAll(/[0-9a-f]{40}/g, "ID");
            if (isTaken) assert.deepEqual(told.map(same), words.map(same));
            else {
                assert.equal(`${status} ${json.code}`, "400 push-refused", JSON.stringify(json));
                for (const reason of told)
                    assert.ok(
                        words.map(same).some((word) => word.includes(same(reason))),
                        `${reason} / ${words.join("; ")}`,
                    );
                assert.equal(await sent.head(), before);
            }
        }
    }).timeout(120_000);

    it("paths that no branch has, half characters and other nonsense are refused", async () => {
        const { onHead } = await site();
        const refusals: [Files, Record<string, unknown>, RegExp][] = [
            [{ "../x": "x" }, {}, /has an empty part/],
            [{ ".git/config": "x" }, {}, /belongs to git/],
            [{ "a\ud800": "x" }, {}, /half of a character/],
            [{ a: "\ud800" }, {}, /half of a character|must be the text/],
            [{ a: { base64: "%" } }, {}, /base64|must be the text/],
            [{}, { message: " \n" }, /message is empty/],
            [{}, { expected: "HEAD" }, /full id/],
            [{}, { author: { name: "<>", email: "x" } }, /author\.name/],
            [{}, { surprise: 1 }, /surprise/],
        ];
        for (const [files, more, words] of refusals) {
            const { status, json } = await onHead(files, more);
            assert.equal(status, 400, JSON.stringify([files, more]));
            assert.match(json.message, words);
        }
        const { status } = await onHead({ ".g\u200cit/x": "x" });
        assert.equal(status, 400, "what git takes for .git is git's to refuse");
    });

    it("a head that has moved is told with who moved it, when, and what", async () => {
        const { commit, head, gitUrl } = await site();
        const expected = await head();
        await pushFiles(platform().token, gitUrl, { files: { "beside.txt": "x" }, message: "hotfix\n\nlong" });
        const { status, json } = await commit({ "a.txt": "a" }, { expected });
        assert.equal(`${status} ${json.code}`, "409 head-moved");
        assert.match(
            json.message,
            /^branch Production is at [0-9a-f]{40}, not at [0-9a-f]{40}: Gita <gita@agency\.example>, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, "hotfix"/,
        );
        assert.equal((await commit({ "a.txt": "a" }, { expected: "0".repeat(40) })).status, 409);
    });

    it("the same request again finds its commit, also below later ones; another one does not", async () => {
        const { api, at, commit, head, onHead } = await site();
        const expected = await head();
        const first = await commit({ "a.txt": "a" }, { expected });
        assert.deepEqual((await commit({ "a.txt": "a" }, { expected })).json.commit, first.json.commit);
        await onHead({ "b.txt": "b" });
        const again = await commit({ "a.txt": "a" }, { expected });
        assert.deepEqual([again.status, again.json.commit], [200, first.json.commit]);
        const author = { name: "Pia", email: "pia@agency.example" };
        for (const more of [{ message: "other" }, { author }])
            assert.equal((await commit({ "a.txt": "a" }, { expected, ...more })).status, 409);
        assert.equal((await commit({ "a.txt": "b" }, { expected })).status, 409);
        assert.equal((await commit({}, { expected })).status, 409, "nothing was changed, but somebody else has");
        assert.equal((await api.get(`${at}/commits`)).length, 3);
    });

    it("of many who saw the same head one commits, pushes among them, and nothing is lost", async () => {
        const { api, at, head, commit, gitUrl } = await site();
        const { token } = platform();
        const expected = await head();
        const [pushes, requests] = await Promise.all([
            Promise.all([0, 1].map((each) => pushFiles(token, gitUrl, { files: { [`p${each}.txt`]: "p" } }))),
            Promise.all(Array.from({ length: 12 }, (_, each) => commit({ [`r${each}.txt`]: "r" }, { expected }))),
        ]);
        const won = requests.filter(({ status }) => status === 200);
        assert.ok(requests.every(({ status }) => status === 200 || status === 409));
        const moved = pushes.filter(({ code }) => code === 0).length + won.length;
        const commits = await api.get(`${at}/commits`);
        assert.equal(commits.length, moved + 1);
        assert.ok(won.length <= 1);
        const { files } = await api.get(`${at}/content`);
        assert.equal(files.filter(({ path }: { path: string }) => /^[pr]\d/.test(path)).length, moved);
    }).timeout(60_000);

    it("hundreds of files are one commit", async () => {
        const { api, at, onHead } = await site();
        const files = Object.fromEntries(
            Array.from({ length: 300 }, (_, index) => [`many/${index % 7}/${index}.txt`, `${index}\n`]),
        );
        assert.equal((await onHead(files)).status, 200);
        const seen = await api.get(`${at}/content?content=all`);
        assert.equal(
            seen.files.filter(({ path, content }: { path: string; content: string }) => files[path] === content).length,
            300,
        );
    });
});

import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "../../../client/client";
import { withAllBranches } from "../../../client/repository/all-branches";
import { type BranchAddress, withBranch } from "../../../client/repository/repository";
import { mustGit } from "../../support/git";
import { withFolder, withTemporaryFolder } from "../../support/platform";
import { ways } from "../../support/provider";
import { openBranch, otherBranch } from "../../support/ways";

for (const way of ways)
    describe(`a branch in one's hands, by ${way}`, function () {
        this.timeout(60_000);

        async function open() {
            const { session, address, root } = await openBranch(way);
            return {
                platform: session.platform,
                address,
                commits: () => session.platform.api.get(`${root}/Production/commits`),
            };
        }

        it("is read, changed in one commit byte by byte, and leaves nothing behind", async () => {
            const { address, commits } = await open();
            await withTemporaryFolder(async (folder) => {
                const odd = "one\r\ntwo\n\tthree ß 🎈 $Id$ {{x}}\n";
                const bytes = Buffer.from([0, 0xff, 13, 10, 0x89]);
                const head = await withBranch(address, async (checkout) => {
                    assert.equal(await checkout.read("nothing"), undefined);
                    assert.match(String(await checkout.read("section.config.json")), /"proxychain"/);
                    return checkout.commit(
                        new Map<string, string | Buffer | null>([
                            [".gitattributes", "* text eol=crlf ident\n"],
                            ["varnish/odd.txt", odd],
                            [".gitignore", null],
                            ["ignored.log", "x"],
                            ["varnish/odd.bin", bytes],
                        ]),
                        "odd",
                    );
                });
                await withBranch(address, async (checkout) => {
                    assert.equal(checkout.head.commit, head.commit);
                    assert.equal(String(await checkout.read("varnish/odd.txt")), odd);
                    assert.deepEqual(await checkout.read("varnish/odd.bin"), bytes);
                    assert.ok(!checkout.files.has(".gitignore") && checkout.files.has("ignored.log"));
                });
                const [newest, ...older] = await commits();
                assert.deepEqual(
                    [newest.message, newest.author, older.length],
                    ["odd", { name: "Pia", email: "pia@agency.example" }, 1],
                );
                assert.deepEqual(
                    (await readdir(folder)).filter((name) => name.startsWith("pulumi-section-")),
                    [],
                );
            });
        });

        it("a file becomes a folder and the reverse in one commit, whatever is named first", async () => {
            const { address } = await open();
            const edit = (...edits: [string, string | null][]) =>
                withBranch(address, (checkout) => checkout.commit(new Map(edits), "edit"));
            await edit(["a", "file"], ["x/y/z", "deep"], ["k/kept", "k"], ["k/gone", "g"]);
            await edit(["a/b/c", "inside"], ["a", null], ["x", "file"], ["x/y/z", null], ["k/gone", null]);
            await withBranch(address, async (checkout) => {
                assert.equal(String(await checkout.read("a/b/c")), "inside");
                assert.equal(String(await checkout.read("x")), "file");
                assert.ok(checkout.files.has("k/kept") && !checkout.files.has("k/gone"));
            });
        });

        it("tells each warning with which the platform takes a commit", async () => {
            const { address } = await open();
            const told: string[] = [];
            const edits = new Map([
                ["varnish/empty.vcl", ""],
                ["what?.txt", "x"],
            ]);
            const warned = { ...address, onWarning: (line: string) => void told.push(line) };
            await withBranch(warned, (checkout) => checkout.commit(edits, "odd"));
            assert.deepEqual(told, [
                'warning: "what?.txt" has a character that Windows does not allow',
                "warning: varnish/empty.vcl is empty",
            ]);
        });

        it("an executable file stays one when its content changes or comes again from another commit", async () => {
            const { address, platform } = await open();
            await withFolder(async (folder) => {
                const clone = path.join(folder, "clone");
                const git = (...args: string[]) => mustGit(clone, platform.token, ...args);
                await mustGit(
                    folder,
                    platform.token,
                    "clone",
                    "--quiet",
                    "--branch",
                    address.branch,
                    address.gitUrl,
                    clone,
                );
                await writeFile(path.join(clone, "run.sh"), "one\n", { mode: 0o755 });
                await git("add", "--all");
                await git("commit", "--quiet", "--message", "executable");
                await git("push", "--quiet");
            });
            const edit = (content: string | null) =>
                withBranch(address, (checkout) => checkout.commit(new Map([["run.sh", content]]), "edit"));
            const { commit } = await edit("two\n");
            const seen = () =>
                withBranch(address, async (checkout) => [
                    String(await checkout.read("run.sh")),
                    ...checkout.executables,
                ]);
            assert.deepEqual(await seen(), ["two\n", "run.sh"]);
            await edit(null);
            await withAllBranches(address, async (branches) => {
                await (await branches.checkOut(commit)).commit(new Map(), "the same content again, as by a promotion");
            });
            assert.deepEqual(await seen(), ["two\n", "run.sh"]);
        });

        it("that somebody else moves meanwhile is not overwritten", async () => {
            const { address, commits } = await open();
            await assert.rejects(
                withBranch(address, async (slow) => {
                    await withBranch(address, (fast) => fast.commit(new Map([["fast.txt", "x"]]), "fast"));
                    await slow.commit(new Map([["slow.txt", "x"]]), "slow");
                }),
                { code: "head-moved" },
            );
            assert.deepEqual(
                (await commits()).map(({ message }: { message: string }) => message),
                ["fast", "initial section.config.json"],
            );
        });

        it("refusals come with the platform's own lines, and failures with their reason", async () => {
            const { address, platform } = await open();
            await assert.rejects(
                withBranch(address, (checkout) => checkout.commit(new Map([["varnish/x.json", "{"]]), "bad")),
                (error: Error & { code: string; lines: string[] }) => {
                    assert.equal(error.code, "push-refused");
                    assert.match(error.lines.join(), /varnish\/x\.json:1:2: cannot be parsed as JSON/);
                    return true;
                },
            );
            const elsewhere = (endpoint: string, token = address.token): BranchAddress => ({
                ...address,
                token,
                gitUrl: address.gitUrl.replace(platform.url, endpoint),
                ...(address.requests && {
                    requests: { ...address.requests, client: new Client({ endpoint, token }) },
                }),
            });
            const look = (there: BranchAddress) => withBranch(there, async () => {});
            await assert.rejects(look(elsewhere(platform.url, "section_wrong")), { code: "unauthenticated" });
            await assert.rejects(look(otherBranch(address, "Nowhere")), { code: "not-found" });
            await assert.rejects(look(elsewhere("http://127.0.0.1:9")), { code: "unreachable" });
        });

        it("its past is told with whole messages, from the head back to a known commit, and has its files", async () => {
            const { address } = await open();
            const edit = (text: string, message: string) =>
                withBranch(address, (checkout) => checkout.commit(new Map([[".gitignore", text]]), message));
            const first = await withBranch(address, async ({ head, files }) => ({ ...head, files }));
            await edit("one\n", "one\n\nNote: first\n");
            const two = await edit("two\n", "two");
            await edit("three\n", "three");
            await withBranch(address, async (checkout) => {
                const subjects = async (known: string) =>
                    (await checkout.listPast(({ id }) => id === known)).map(({ subject }) => subject);
                assert.deepEqual(await subjects(two.commit), ["two"]);
                assert.deepEqual(await subjects(first.commit), ["two", "one", "initial section.config.json"]);
                const past = await checkout.listPast(() => false);
                assert.deepEqual(
                    [past.length, past[1]?.message, past[1]?.email],
                    [3, "one\n\nNote: first", "pia@agency.example"],
                );
                assert.equal((await checkout.describeHead()).message, "three");
                assert.deepEqual(await checkout.filesAt(first.commit), first.files);
            });
        });
    });

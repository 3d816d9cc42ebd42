import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { flushPacket, formatPacket } from "../../../platform/git/pkt-line";
import { type Clone, commitFile, withClone as withCloneOf } from "../../support/clone";
import { git, mustGit } from "../../support/git";
import { startPlatform } from "../../support/platform";
import { onEveryPlatform } from "../../support/stores";

const authorization = (token: string) => `Basic ${Buffer.from(`section-token:${token}`).toString("base64")}`;

/** What comes back for bytes that no library would send. */
function raw(url: string, text: string | Buffer): Promise<string> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => socket.write(text));
        const chunks: Buffer[] = [];
        socket.on("data", (chunk) => chunks.push(chunk));
        socket.on("error", reject);
        socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
    });
}

onEveryPlatform("git's protocol over HTTP", (platform) => {
    const withClone = (work: (clone: Clone) => Promise<void>) => withCloneOf(platform(), work);

    it("every version, and every way to fetch less", () =>
        withClone(async ({ folder, again, push, git: inFolder }) => {
            const { token } = platform();
            await mkdir(path.join(folder, "many"));
            for (let index = 0; index < 1000; index += 1)
                await writeFile(path.join(folder, "many", `${index}.txt`), `${index}\n`.repeat(50));
            await inFolder("branch", "old");
            await commitFile(folder, "one.txt", "1");
            await commitFile(folder, "two.txt", "2");
            await inFolder("tag", "v1");
            assert.equal((await push("--quiet", "origin", "Production", "old", "v1")).code, 0);
            for (const version of ["0", "1", "2"]) {
                const clone = await again(`v${version}`, "-c", `protocol.version=${version}`);
                assert.equal((await mustGit(clone, undefined, "ls-files", "many")).trim().split("\n").length, 1000);
                await mustGit(clone, token, "-c", `protocol.version=${version}`, "fetch", "--quiet", "--tags");
            }
            const count = async (clone: string) =>
                (await mustGit(clone, undefined, "rev-list", "--count", "HEAD")).trim();
            const shallow = await again("shallow", "--depth", "1");
            assert.equal(await count(shallow), "1");
            await mustGit(shallow, token, "fetch", "--quiet", "--deepen", "1");
            assert.equal(await count(shallow), "2");
            await mustGit(shallow, token, "fetch", "--quiet", "--unshallow");
            assert.equal(await count(shallow), "3");
            assert.equal(await count(await again("since", "--shallow-since=2001-01-01")), "3");
            assert.equal(await count(await again("excluding", "--shallow-exclude=old")), "2");
            const partial = await again("partial", "--filter=blob:none");
            assert.equal(await mustGit(partial, token, "show", "HEAD:many/7.txt"), "7\n".repeat(50));
            const treeless = await again("treeless", "--filter=tree:0", "--no-checkout");
            assert.equal(await mustGit(treeless, token, "show", "HEAD:many/8.txt"), "8\n".repeat(50));
            const single = await again("single", "--single-branch", "--branch", "Production", "--no-tags");
            assert.equal(
                (await mustGit(single, undefined, "branch", "--remotes")).trim().split("\n").length,
                2,
                "the branch and HEAD",
            );
            const mirror = await again("mirror", "--mirror");
            assert.match(await mustGit(mirror, undefined, "show-ref"), /refs\/heads\/Production.*refs\/tags\/v1/s);
        })).timeout(60_000);

    it("a shallow clone pushes, and a mirror carries everything over", () =>
        withClone(async ({ again, root, write, push, git: inFolder }) => {
            const { token, api } = platform();
            await write("one.txt", "1");
            await inFolder("branch", "feature");
            await inFolder("tag", "v1");
            assert.equal((await push("--all")).code, 0);
            const shallow = await again("shallow", "--depth", "1");
            await commitFile(shallow, "shallow.txt", "x");
            await mustGit(shallow, token, "push", "--quiet");
            assert.equal((await api.get(`${root}/Production/commits`)).length, 3);
            await inFolder("pull", "--quiet");
            await withCloneOf(platform(), async (target) => {
                await inFolder("remote", "add", "target", target.gitUrl);
                const carried = await git(
                    path.dirname(shallow),
                    token,
                    "-C",
                    "clone",
                    "push",
                    "--force",
                    "target",
                    "feature",
                    "v1",
                );
                assert.equal(carried.code, 0, carried.stderr);
            });
        }));

    it("bodies of known length, in chunks, packed and announced arrive the same", () =>
        withClone(async ({ folder, write, push, gitUrl, git: inFolder }) => {
            const { token } = platform();
            await write("small.txt", "x");
            assert.equal((await push()).code, 0, "Content-Length");
            await write("large.bin", randomBytes(3_000_000));
            const chunked = await git(folder, token, "-c", "http.postBuffer=65536", "push");
            assert.equal(chunked.code, 0, chunked.stderr);
            await write("expected.bin", randomBytes(3_000_000));
            const announced = await git(
                folder,
                token,
                "-c",
                "http.postBuffer=65536",
                "-c",
                "http.extraHeader=Expect: 100-continue",
                "push",
            );
            assert.equal(announced.code, 0, announced.stderr);
            const head = (await inFolder("rev-parse", "HEAD")).trim();
            const wants = Buffer.concat([
                formatPacket(`want ${head} side-band-64k ofs-delta\n`),
                flushPacket,
                formatPacket("done\n"),
            ]);
            for (const [encoding, body] of [
                ["gzip", gzipSync(wants)],
                ["x-gzip", gzipSync(wants)],
                ["identity", wants],
            ] as const) {
                const answer = await fetch(`${gitUrl}/git-upload-pack`, {
                    method: "POST",
                    headers: {
                        authorization: authorization(token),
                        "content-type": "application/x-git-upload-pack-request",
                        "content-encoding": encoding,
                    },
                    body: new Uint8Array(body),
                });
                assert.equal(answer.status, 200, encoding);
                assert.ok(Buffer.from(await answer.arrayBuffer()).includes("PACK"), encoding);
            }
        })).timeout(60_000);

    it("HTTP/1.0, and requests as go-git shapes them", () =>
        withClone(async ({ gitUrl, git: inFolder }) => {
            const { token } = platform();
            const { pathname } = new URL(gitUrl);
            const old = await raw(
                gitUrl,
                `GET ${pathname}/info/refs?service=git-upload-pack HTTP/1.0\r\nAuthorization: ${authorization(token)}\r\n\r\n`,
            );
            assert.match(old, /^HTTP\/1\.[01] 200/);
            assert.match(old, /# service=git-upload-pack\n0000.*refs\/heads\/Production/s);
            const head = (await inFolder("rev-parse", "HEAD")).trim();
            const headers = {
                authorization: authorization(token),
                "user-agent": "git/1.0",
                accept: "application/x-git-receive-pack-result",
            };
            const advertised = await (await fetch(`${gitUrl}/info/refs?service=git-receive-pack`, { headers })).text();
            assert.match(advertised, new RegExp(`${head} refs/heads/Production\0.*report-status.*side-band-64k`));
            const command = `${"0".repeat(40)} ${head} refs/heads/from-go\0ofs-delta agent=go-git/4.x side-band-64k report-status`;
            const body = Buffer.concat([formatPacket(command), flushPacket]);
            const answer = await new Promise<string>((resolve, reject) => {
                const call = request(
                    `${gitUrl}/git-receive-pack`,
                    {
                        method: "POST",
                        headers: {
                            ...headers,
                            "content-type": "application/x-git-receive-pack-request",
                            "transfer-encoding": "chunked",
                        },
                    },
                    async (response) => {
                        let text = "";
                        for await (const chunk of response) text += chunk.toString("latin1");
                        resolve(text);
                    },
                );
                call.on("error", reject);
                call.end(body);
            });
            assert.match(answer, /unpack ok\n.*ok refs\/heads\/from-go/s, "a push without a pack, of what is there");
        }));

    it("a push that breaks off leaves nothing and holds nothing up", () =>
        withClone(async ({ gitUrl, write, push, git: inFolder }) => {
            const { token } = platform();
            const head = (await inFolder("rev-parse", "HEAD")).trim();
            const { pathname } = new URL(gitUrl);
            const begin = Buffer.concat([
                formatPacket(`${head} ${"a".repeat(40)} refs/heads/Production\0report-status side-band-64k`),
                flushPacket,
                Buffer.from("PACK\0\0\0\x02\0\0\x04\0", "latin1"),
                randomBytes(100),
            ]);
            const headLines = `POST ${pathname}/git-receive-pack HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization(token)}\r\nContent-Type: application/x-git-receive-pack-request\r\nContent-Length: 1000000\r\n\r\n`;
            await Promise.all(
                Array.from({ length: 12 }, () => {
                    const { hostname, port } = new URL(gitUrl);
                    return new Promise<void>((resolve) => {
                        const socket = connect(Number(port), hostname, () =>
                            socket.write(Buffer.concat([Buffer.from(headLines), begin])),
                        );
                        setTimeout(() => socket.destroy(), 300);
                        socket.on("close", () => resolve());
                    });
                }),
            );
            await write("after.txt", "x");
            const { code, stderr } = await push();
            assert.equal(code, 0, stderr);
        }));
});

describe("the limit of a push", () => {
    it("is told in a line, and nothing is left of what was too large", async () => {
        const dataDir = await mkdtemp(path.join(tmpdir(), "section-limit-"));
        const platform = await startPlatform({ dataDir, maxPackBytes: 1024 * 1024 });
        try {
            await withCloneOf(platform, async ({ write, push, root, git: inFolder, folder }) => {
                const list = () => readdir(path.join(dataDir, "repositories"), { recursive: true });
                const before = await list(); // with the pack of the first commit
                await write("large.bin", randomBytes(3_000_000));
                for (const settings of [[], ["-c", "http.postBuffer=65536"]]) {
                    const { code, stderr } = await git(folder, platform.token, ...settings, "push");
                    assert.equal(code, 1);
                    assert.match(
                        stderr,
                        /remote: the pack is larger than 1 MiB, which is the most this platform accepts\. Push less at once/,
                    );
                    assert.match(stderr, /! \[remote rejected\] Production -> Production \(unpacker error\)/);
                }
                assert.equal((await platform.api.get(`${root}/Production/commits`)).length, 1);
                const left = (await list()).filter((name) => !before.includes(name));
                assert.deepEqual(
                    left.filter((name) => /incoming|tmp_|\.lock$|\.pack$/.test(name)),
                    [],
                );
                await inFolder("reset", "--quiet", "--hard", "HEAD~1");
                await write("small.txt", "x");
                assert.equal((await push()).code, 0);
            });
        } finally {
            await platform.close();
            await rm(dataDir, { recursive: true, force: true });
        }
    }).timeout(60_000);
});

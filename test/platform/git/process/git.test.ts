import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Git } from "../../../../platform/git/process/git";
import { mustGit } from "../../../support/git";
import { key, withRepository } from "../../../support/repository";

describe("git as a child", () => {
    it("cannot be given an option by what a user wrote", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            const { stdout } = await repositories.git.run({
                gitDir,
                verb: "rev-parse",
                flags: ["--verify"],
                operands: ["Production"],
            });
            assert.match(stdout.toString(), /[0-9a-f]{40}/);
            await assert.rejects(
                repositories.git.run({ gitDir, verb: "rev-list", operands: ["--output=/tmp/owned"] }),
                /git rev-list ended with 128/,
            );
            await assert.rejects(repositories.git.run({ gitDir, verb: "rev-parse", operands: ["a\0b"] }), /NUL/);
            await assert.rejects(repositories.git.run({ gitDir, verb: "rev-parse", operands: [""] }), /empty/);
        }));

    it("runs a bounded number at once; the rest wait, and too many are turned away", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            const git = new Git({ maxChildren: 2, maxWaiting: 3 });
            const runs = Array.from({ length: 8 }, () => git.run({ gitDir, verb: "rev-parse", flags: ["HEAD"] }));
            const results = await Promise.allSettled(runs);
            const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
            assert.deepEqual(failures, ["overloaded", "overloaded", "overloaded"]);
        }));

    it("a stream that nobody reads keeps no place from others", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            const data = randomBytes(3_000_000);
            const oid = await repositories.objects(key).write("blob", data);
            const git = new Git({ maxChildren: 1, streamGraceMs: 50 });
            const stream = await git.start({ gitDir, verb: "cat-file", flags: ["blob", oid], isStream: true });
            await git.run({ gitDir, verb: "rev-parse", flags: ["HEAD"] });
            const chunks: Buffer[] = [];
            for await (const chunk of stream.stdout as AsyncIterable<Buffer>) chunks.push(chunk);
            assert.ok(Buffer.concat(chunks).equals(data), "it goes on when it is read");
            assert.equal((await stream.ended).exitCode, 0);
            await git.close();
        }));

    it("one user leaves a place to others, who come first, and what nobody waits for ends", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            const git = new Git({ maxChildren: 2 });
            const mallory = { accountId: 1, userId: 1 };
            const controller = new AbortController();
            const waiting = { gitDir, verb: "cat-file", flags: ["--batch"] };
            const held = await git.start({ ...waiting, asker: { ...mallory, signal: controller.signal } });
            const next = git.run({ gitDir, verb: "rev-parse", flags: ["HEAD"], asker: mallory });
            await git.run({ gitDir, verb: "rev-parse", flags: ["HEAD"], asker: { accountId: 2, userId: 2 } });
            assert.deepEqual(git.load, { running: 1, waiting: 1 });
            controller.abort(new Error("left"));
            assert.equal((await held.ended).exitCode, 128);
            await next;
            await git.close();
        }));

    it("reads its input from a file, which may be gone", () =>
        withRepository(async (repositories, root) => {
            const gitDir = repositories.folder(key);
            const stdinFile = path.join(root, "names");
            await writeFile(stdinFile, "HEAD\nnothing\n");
            const call = { gitDir, verb: "cat-file", flags: ["--batch-check"], stdinFile };
            assert.match(
                (await repositories.git.run(call)).stdout.toString(),
                /^[0-9a-f]{40} commit .*\nnothing missing\n$/,
            );
            await rm(stdinFile);
            await assert.rejects(repositories.git.run(call), /could not be started.*no such file/);
        }));

    it("gets nothing of the environment, and time runs out", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            process.env.GIT_AUTHOR_NAME = "Leak";
            try {
                const { stdout, exitCode } = await repositories.git.run({
                    gitDir,
                    verb: "var",
                    flags: ["GIT_AUTHOR_IDENT"],
                    answers: [0, 128],
                });
                assert.ok(exitCode === 128 || !stdout.toString().includes("Leak"));
            } finally {
                delete process.env.GIT_AUTHOR_NAME;
            }
            const child = await repositories.git.start({ gitDir, verb: "cat-file", flags: ["--batch"], timeoutMs: 50 });
            assert.equal((await child.ended).exitCode, 128);
        }));

    it("runs no command that a repository's own configuration names, and begins no transport it allows", () =>
        withRepository(async (repositories, root) => {
            const gitDir = repositories.folder(key);
            const marker = path.join(root, "owned");
            const names: Record<string, string> = {
                "core.repositoryFormatVersion": "1",
                "core.fsmonitor": `touch ${marker}`,
                "core.sshCommand": `touch ${marker}`,
                "core.alternateRefsCommand": `touch ${marker}`,
                "core.hooksPath": root,
                "uploadpack.packObjectsHook": `touch ${marker}`,
                "diff.external": `touch ${marker}`,
                "extensions.partialClone": "origin",
                "remote.origin.url": `ext::sh -c touch% ${marker}`,
                "remote.origin.promisor": "true",
                "protocol.allow": "always",
                "protocol.ext.allow": "always",
            };
            for (const [name, value] of Object.entries(names)) await mustGit(gitDir, undefined, "config", name, value);
            const missing = "1".repeat(40);
            const answers = Array.from({ length: 130 }, (_, code) => code);
            const run = (verb: string, flags: string[], operands: string[] = [], stdin?: string) =>
                repositories.git.run({ gitDir, verb, flags, operands, stdin, answers });
            await run("cat-file", [], ["-p", missing]);
            await run("cat-file", ["--batch"], [], `${missing}\n`);
            await run("diff-tree", ["-p", "--root"], ["Production"]);
            await run("diff-tree", ["-p", "--no-ext-diff"], [missing, "Production"]);
            await run("pack-objects", ["--revs", "--stdout"], [], `Production\n${missing}\n`);
            await run("merge-base", ["--is-ancestor"], [missing, "Production"]);
            await run("fsck", ["--connectivity-only", "--unreachable"]);
            await run("repack", ["--geometric=2", "-d", "-l"]);
            await run("upload-pack", ["--stateless-rpc"], ["."], `0032want ${missing}\n00000009done\n`);
            await run("fetch", [], ["origin", "refs/heads/x"]);
            await run("fetch", [], [root, "refs/heads/x"]);
            assert.ok(!existsSync(marker));
            const { stderr } = await run("ls-remote", [], [gitDir]);
            assert.match(stderr, /transport 'file' not allowed/);
            // git that reads the same configuration, and nothing else, does run it
            await assert.rejects(mustGit(gitDir, undefined, "cat-file", "-p", missing));
            assert.ok(existsSync(marker));
            await rm(marker);
        }));

    it("says what a full disk and an odd exit mean", () => {
        const git = new Git();
        assert.deepEqual(
            [git.failure("gc", 128, "fatal: No space left on device").code, git.failure("gc", 1, "odd").code],
            ["overloaded", "internal"],
        );
    });
});

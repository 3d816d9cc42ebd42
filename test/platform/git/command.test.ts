import assert from "node:assert/strict";
import { Git } from "../../../platform/git/command";
import { key, withRepository } from "../../support/repository";

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

    it("a stream whose client is slow keeps no place from others, as long as there are not too many", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            const git = new Git({ maxChildren: 1, streamGraceMs: 50 });
            const waiting = { gitDir, verb: "cat-file", flags: ["--batch"] };
            const streams = [];
            for (let count = 0; count < 8; count += 1) streams.push(await git.start({ ...waiting, isStream: true }));
            await git.run({ gitDir, verb: "rev-parse", flags: ["HEAD"] });
            const ninth = await git.start({ ...waiting, isStream: true });
            let isDone = false;
            const held = git.run({ gitDir, verb: "rev-parse", flags: ["HEAD"] }).then(() => {
                isDone = true;
            });
            await new Promise((resolve) => setTimeout(resolve, 300));
            assert.equal(isDone, false, "the ninth keeps its place");
            for (const stream of [ninth, ...streams]) {
                stream.stdout.resume();
                stream.stdin.end();
                await stream.ended;
            }
            await held;
            await git.close();
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

    it("says what a full disk and an odd exit mean", () => {
        const git = new Git();
        assert.deepEqual(
            [git.failure("gc", 128, "fatal: No space left on device").code, git.failure("gc", 1, "odd").code],
            ["overloaded", "internal"],
        );
    });
});

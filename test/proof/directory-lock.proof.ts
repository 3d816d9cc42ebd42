import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { sectionPlatform, spawnPlatform, withFolder } from "../support/platform";

/** Locks a folder at an agreed time, prints whether it got the lock, and dies without a release. */
const contender = `
const { lockDirectory } = require(${JSON.stringify(path.resolve("platform/dist/store/directory-lock.js"))});
const [folder, at, livesMs, timing] = process.argv.slice(1);
while (Date.now() < Number(at));
const die = () => setTimeout(() => process.kill(process.pid, "SIGKILL"), Number(livesMs));
lockDirectory(folder, timing && JSON.parse(timing)).then(() => process.stdout.write("won", die), (error) => process.stdout.write(error.code));`;

const contenders = 8;
const rounds = 10;
const containerRounds = 4;
const startMs = 1_000;

describe("one data folder", () => {
    it("that a dead process left is taken over by one of eight, again and again", () =>
        withFolder(async (folder) => {
            await writeFile(
                path.join(folder, "section-platform.lock.1"),
                JSON.stringify({ pid: 2 ** 22, started: "1" }),
            );
            let refused = 0;
            for (let round = 0; round < rounds; round += 1) {
                const at = String(Date.now() + startMs);
                const contend = () =>
                    new Promise<string>((resolve) =>
                        execFile(process.execPath, ["-e", contender, folder, at, "3000"], (_error, stdout) =>
                            resolve(stdout),
                        ),
                    );
                const answers = await Promise.all(Array.from({ length: contenders }, contend));
                assert.equal(answers.filter((answer) => answer === "won").length, 1, answers.join());
                refused += answers.filter((answer) => answer === "directory-locked").length;
            }
            assert.equal(refused, rounds * (contenders - 1));
            console.log(
                `      ${rounds} x ${contenders} at once on what the dead left: ${rounds} got it, ${refused} refused`,
            );
        }));

    it("that a container left is taken over by one of eight others, none of which can see another's processes", async function () {
        const isolated = ["--pid", "--fork", "--mount-proc", process.execPath];
        const maySee = await promisify(execFile)("unshare", [...isolated, "-p", "process.pid"]).catch(() => undefined);
        if (maySee === undefined) return this.skip(); // not allowed to this user on this machine
        await withFolder(async (folder) => {
            await writeFile(
                path.join(folder, "section-platform.lock.1"),
                JSON.stringify({ pid: 1, started: "1", place: "before the boot pid:[1]" }),
            );
            let refused = 0;
            for (let round = 0; round < containerRounds; round += 1) {
                const at = String(Date.now() + startMs);
                const args = ["-e", contender, folder, at, "10000", JSON.stringify({ beatMs: 200, patienceMs: 3_000 })];
                const contend = () =>
                    new Promise<string>((resolve) =>
                        execFile("unshare", [...isolated, ...args], (_error, stdout) => resolve(stdout)),
                    );
                const answers = await Promise.all(Array.from({ length: contenders }, contend));
                assert.equal(answers.filter((answer) => answer === "won").length, 1, answers.join());
                refused += answers.filter((answer) => answer === "directory-locked").length;
            }
            assert.equal(refused, containerRounds * (contenders - 1));
            console.log(
                `      ${containerRounds} x ${contenders} PID namespaces at once: ${containerRounds} got it, ${refused} refused`,
            );
        });
    });

    it("serves one process: of eight that start at once one wins, and the others say who it is", () =>
        withFolder(async (folder) => {
            const starts = await Promise.allSettled(Array.from({ length: 8 }, () => spawnPlatform(folder)));
            const running = starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
            const refusals = starts.flatMap((start) =>
                start.status === "rejected" ? [String(start.reason.message)] : [],
            );
            try {
                assert.equal(running.length, 1);
                for (const refusal of refusals)
                    assert.match(refusal, /is in use by process \d+\. Stop that process or choose another folder\./);
                const command = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
                    execFile(
                        process.execPath,
                        [sectionPlatform, "check", "--data-dir", folder],
                        (error, _stdout, stderr) => resolve({ code: error?.code, stderr }),
                    );
                });
                assert.equal(command.code, 1);
                assert.match(command.stderr, new RegExp(`is in use by process ${running[0]?.pid}`));
            } finally {
                for (const platform of running) assert.equal(await platform.stop(), 0);
            }
            const next = await spawnPlatform(folder);
            assert.equal(await next.stop(), 0, "after it, the next one may");
            console.log(`      8 starts at once: 1 serves, ${refusals.length} refused`);
        }));
});

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { Launcher } from "../../../../platform/git/process/launcher";
import { withTemporaryFolder } from "../../../support/platform";

const env = { PATH: process.env.PATH ?? "", HOME: "/nonexistent" };
const request = (args: string[], timeoutMs = 10_000) => ({ args, cwd: "/", env, timeoutMs });

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks);
}

describe("the process that starts git", () => {
    const launcher = new Launcher();
    after(() => launcher.close());

    it("hands on what goes in, what comes out, what is said, and how it ended", async () => {
        const hash = await launcher.launch(request(["hash-object", "--stdin"]));
        hash.stdin.end("hello\n");
        assert.equal((await collect(hash.stdout)).toString(), "ce013625030ba8dba906f756967f9e9ca394464a\n");
        assert.deepEqual(await hash.ended, { exitCode: 0, stderr: "" });
        const wrong = await launcher.launch(request(["no-such-verb"]));
        wrong.stdout.resume();
        const { exitCode, stderr } = await wrong.ended;
        assert.equal(exitCode, 1);
        assert.match(stderr, /'no-such-verb' is not a git command/);
    });

    it("carries megabytes both ways to a slow reader, byte by byte", async () => {
        const big = Buffer.alloc(8 * 1024 * 1024, "section ");
        const child = await launcher.launch(request(["stripspace"]));
        child.stdin.end(Buffer.concat([big, Buffer.from("\n")]));
        let size = 0;
        for await (const chunk of child.stdout) {
            size += (chunk as Buffer).length;
            if (size < 200_000) await new Promise((resolve) => setTimeout(resolve, 5));
        }
        assert.equal(size, big.length, "the blank at the end is stripped, a line end added");
        assert.equal((await child.ended).exitCode, 0);
    });

    it("hears a git that has heard enough, however much is still said to it", async () => {
        const child = await launcher.launch(request(["version"]));
        child.stdout.resume();
        child.stdin.end(Buffer.alloc(16 * 1024 * 1024));
        assert.equal((await child.ended).exitCode, 0);
    });

    it("ends what takes too long and what is given up", async () => {
        const slow = await launcher.launch(request(["cat-file", "--batch"], 50));
        slow.stdout.resume();
        assert.equal((await slow.ended).exitCode, 128);
        const left = await launcher.launch(request(["hash-object", "--stdin"]));
        left.kill();
        assert.deepEqual(await left.ended, { exitCode: 128, stderr: "git was cut off" });
    });

    it("says when git is not there", async () => {
        const child = await launcher.launch({ ...request(["version"]), env: { PATH: "/nonexistent" } });
        child.stdout.resume();
        const { exitCode, stderr } = await child.ended;
        assert.equal(exitCode, 127);
        assert.match(stderr, /git could not be started/);
    });

    it("begins anew when its folder was cleaned away or it was killed", () =>
        withTemporaryFolder(async (folder) => {
            const other = new Launcher();
            const version = async () => {
                const child = await other.launch(request(["version"]));
                return (await collect(child.stdout)).toString();
            };
            assert.match(await version(), /^git version/);
            await rm(path.join(folder, readdirSync(folder)[0] as string), { recursive: true });
            assert.match(await version(), /^git version/);
            await other.close();
            assert.match(await version(), /^git version/);
            await other.close();
        }));

    it("goes with the process it belongs to, however that ends", () =>
        withTemporaryFolder(async (folder) => {
            const program = `const { Launcher } = require("./platform/dist/git/process/launcher.js"); new Launcher().launch({ args: ["cat-file", "--batch"], cwd: "/", env: process.env, timeoutMs: 60000 }).then(() => { console.log("on"); process.kill(process.pid, "SIGKILL"); });`;
            const said = await new Promise<string>((resolve) =>
                execFile(process.execPath, ["-e", program], (_error, stdout) => resolve(stdout)),
            );
            assert.equal(said.trim(), "on");
            for (let waited = 0; readdirSync(folder).length > 0 && waited < 100; waited += 1)
                await new Promise((resolve) => setTimeout(resolve, 20));
            assert.deepEqual(readdirSync(folder), []);
        }));
});

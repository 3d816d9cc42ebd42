import assert from "node:assert/strict";
import { once } from "node:events";
import { chmod, readdir, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { signUpOffline } from "../support/offline";
import { signUpWith } from "../support/operator";
import { type SpawnedPlatform, spawnPlatform, withFolder } from "../support/platform";
import { findPostgres } from "../support/postgres";
import { freshDatabase } from "../support/stores";
import { SiteWriter } from "./machine/site-writer";
import { mustBeSound, mustRecover } from "./machine/until-ready";

/** `SECTION_TEST_STEPS` asks for more. Each reads and writes once in every way. */
const steps = Number(process.env.SECTION_TEST_STEPS ?? 4);
/** Clients that connect and say nothing. */
const idle = 60;
const email = "olga@agency.example";

/** A Node with a limit on its open files, and on those of what it starts. */
async function limitedNode(folder: string, openFiles: number): Promise<string> {
    const file = path.join(folder, `node-${openFiles}`);
    await writeFile(file, `#!/bin/sh\nulimit -n ${openFiles}\nexec "${process.execPath}" "$@"\n`);
    await chmod(file, 0o755);
    return file;
}

const countFiles = async (pid: number) => (await readdir(`/proc/${pid}/fd`)).length;

/** Lets idle clients take what they get, and works meanwhile. */
async function crowd(platform: SpawnedPlatform, token: string, folder: string, openFiles: number): Promise<void> {
    const sockets: Socket[] = [];
    try {
        const writer = await SiteWriter.begin(platform.url, token, folder);
        for (let step = 0; step < steps; step += 1) await writer.step();
        assert.equal(writer.counts.refused, 0, writer.counts.faults.join("\n"));
        const atRest = await countFiles(platform.pid);
        const { hostname, port } = new URL(platform.url);
        for (let count = 0; count < idle; count += 1) {
            const socket = connect(Number(port), hostname);
            socket.on("error", () => {});
            socket.resume();
            sockets.push(socket);
            await Promise.race([once(socket, "connect"), once(socket, "close")]);
        }
        const most = await countFiles(platform.pid);
        await pause(1_500); // those above the limit are closed
        for (let step = 0; step < steps; step += 1) await writer.step();
        for (const socket of sockets) socket.destroy();
        const { readyMs, lost } = await mustRecover(writer);
        const { done, refused } = writer.counts;
        console.log(
            `      ${openFiles} files, ${atRest} open at rest, ${most} with ${idle} idle clients: ${done} done, ${refused} refused with words; ` +
                `${writer.acknowledged} facts acknowledged, ${lost.length} lost; ready again after ${readyMs} ms`,
        );
        assert.equal(refused, 0, "an idle client makes room for one that asks");
        assert.deepEqual(lost, []);
    } finally {
        for (const socket of sockets) socket.destroy();
    }
}

describe("a platform that may open few files", () => {
    it("64 of them, starts with the embedded database not at all, and says how many it needs", () =>
        withFolder(async (folder) => {
            const starting = spawnPlatform(path.join(folder, "data"), { node: await limitedNode(folder, 64) });
            await assert.rejects(
                starting,
                /this process may open 64 files.*Allow it 120 at least, 4096 are better: ulimit -n 4096/,
            );
        }));

    it("128 of them, serves, and idle clients make room for those that ask", () =>
        withFolder(async (folder) => {
            const data = path.join(folder, "data");
            const token = await signUpOffline(data, email);
            const platform = await spawnPlatform(data, { node: await limitedNode(folder, 128) });
            try {
                await crowd(platform, token, folder, 128);
                await platform.stop();
            } finally {
                await platform.kill();
            }
            await mustBeSound(data);
        }));

    it("64 of them, with PostgreSQL, does the same", async function () {
        if (findPostgres() === undefined) {
            console.log("      PostgreSQL is not installed");
            return this.skip();
        }
        const databaseUrl = await freshDatabase();
        await withFolder(async (folder) => {
            const dataDir = path.join(folder, "data");
            const token = await signUpWith({ dataDir, databaseUrl }, email);
            const node = await limitedNode(folder, 64);
            const platform = await spawnPlatform(dataDir, { node, environment: { DATABASE_URL: databaseUrl } });
            try {
                await crowd(platform, token, folder, 64);
            } finally {
                await platform.kill();
            }
        });
    });
});

import assert from "node:assert/strict";
import { once } from "node:events";
import { chmod, readdir, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { signUpOffline } from "../support/offline";
import { spawnPlatform, withFolder } from "../support/platform";
import { SiteWriter } from "./machine/site-writer";
import { mustBeSound, untilReady } from "./machine/until-ready";

/** `SECTION_TEST_STEPS` asks for more. Each reads and writes once in every way. */
const steps = Number(process.env.SECTION_TEST_STEPS ?? 4);
const openFiles = 64;
/** Clients that connect and say nothing. */
const idle = 60;

/** A Node with a limit on its open files, and on those of what it starts. */
async function limitedNode(folder: string): Promise<string> {
    const file = path.join(folder, "limited-node");
    await writeFile(file, `#!/bin/sh\nulimit -n ${openFiles}\nexec "${process.execPath}" "$@"\n`);
    await chmod(file, 0o755);
    return file;
}

const countFiles = async (pid: number) => (await readdir(`/proc/${pid}/fd`)).length;

describe("a platform that may open 64 files", () => {
    it("serves; while idle clients take the files it refuses with words, and goes on when they leave", () =>
        withFolder(async (folder) => {
            const data = path.join(folder, "data");
            const token = await signUpOffline(data, "olga@agency.example");
            const platform = await spawnPlatform(data, { node: await limitedNode(folder) });
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
                for (let step = 0; step < steps; step += 1) await writer.step();
                for (const socket of sockets) socket.destroy();
                const readyMs = await untilReady(platform.url);
                const before = writer.counts.refused;
                await pause(3_000);
                await writer.step();
                assert.deepEqual(writer.counts.faults, []);
                assert.equal(writer.counts.refused, before, "it works again");
                const lost = await writer.listLost();
                await platform.stop();
                await mustBeSound(data);
                const { done, refused } = writer.counts;
                console.log(
                    `      ${openFiles} files, ${atRest} open at rest, ${most} with ${idle} idle clients: ${done} done, ${refused} refused with words; ` +
                        `${writer.acknowledged} facts acknowledged, ${lost.length} lost; ready again after ${readyMs} ms, check finds nothing`,
                );
                assert.deepEqual(lost, []);
            } finally {
                for (const socket of sockets) socket.destroy();
                await platform.kill();
            }
        }));
});

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { platformCommand, signUpOffline } from "../support/offline";
import { spawnPlatform, withFolder } from "../support/platform";
import { makeReadOnly, withSmallDisk } from "./machine/disk";
import { SiteWriter } from "./machine/site-writer";
import { askReady, mustBeSound, mustRecover } from "./machine/until-ready";

/** `SECTION_TEST_STEPS` asks for more. Each reads and writes once in every way. */
const steps = Number(process.env.SECTION_TEST_STEPS ?? 4);
const diskMebibytes = 400;
const email = "olga@agency.example";

/** What a writer met, in one line. */
const say = (what: string, { counts, acknowledged }: SiteWriter, lost: readonly string[], readyMs: number) =>
    console.log(
        `      ${what}: ${counts.done} done, ${counts.refused} refused with words, ${counts.faults.length} without; ` +
            `${acknowledged} facts acknowledged, ${lost.length} lost; ready again after ${readyMs} ms, check finds nothing`,
    );

describe("a disk", () => {
    it("that is full refuses what writes, with words; everything acknowledged stays, and room is enough to go on", async function () {
        const missing = await withSmallDisk(diskMebibytes, async (disk) => {
            const data = path.join(disk.folder, "data");
            const token = await signUpOffline(data, email);
            const platform = await spawnPlatform(data);
            try {
                await withFolder(async (folder) => {
                    const writer = await SiteWriter.begin(platform.url, token, folder);
                    await writer.step();
                    assert.equal(writer.counts.refused, 0, writer.counts.faults.join("\n"));
                    // to the last byte, and with a little that comes and goes
                    for (const freeBytes of [0, 40_960, 0]) {
                        await disk.empty();
                        await disk.fill(freeBytes);
                        for (let step = 0; step < steps; step += 1) await writer.step();
                    }
                    assert.equal(await askReady(platform.url), "the disk is full");
                    assert.ok(writer.counts.refused > steps, "nothing was refused");
                    await disk.empty();
                    const { readyMs, lost } = await mustRecover(writer);
                    await platform.stop();
                    await mustBeSound(data);
                    say("the disk is full", writer, lost, readyMs);
                    assert.deepEqual(lost, []);
                });
            } finally {
                await platform.kill();
            }
        });
        if (missing === undefined) return;
        console.log(`      a full disk is not tried: ${missing}`);
        this.skip();
    });

    for (const part of ["repositories", "."])
        it(`whose ${part === "." ? "data folder" : `folder ${part}`} is read-only refuses what writes, and goes on afterwards`, async function () {
            let isTried = true;
            await withFolder(async (folder) => {
                const data = path.join(folder, "data");
                const token = await signUpOffline(data, email);
                const platform = await spawnPlatform(data);
                try {
                    const writer = await SiteWriter.begin(platform.url, token, folder);
                    await writer.step();
                    assert.equal(writer.counts.refused, 0, writer.counts.faults.join("\n"));
                    const makeWritable = await makeReadOnly(path.join(data, part));
                    if (makeWritable === undefined) {
                        isTried = false;
                        return;
                    }
                    try {
                        for (let step = 0; step < steps; step += 1) await writer.step();
                        assert.match(await askReady(platform.url), /^the disk cannot be written to \(EROFS\)$/);
                    } finally {
                        await makeWritable();
                    }
                    const { readyMs, lost } = await mustRecover(writer);
                    await platform.stop();
                    await mustBeSound(data);
                    say(`${part} is read-only`, writer, lost, readyMs);
                    assert.deepEqual(lost, []);
                } finally {
                    await platform.kill();
                }
            });
            if (isTried) return;
            console.log("      a read-only folder is not tried: nothing can be mounted here");
            this.skip();
        });

    it("that takes nothing lets no platform start, which says so in one line", async function () {
        let lines: string[] = [];
        const start = (data: string) =>
            platformCommand(data, "user", "list").then(
                () => assert.fail("it started"),
                (error: Error & { stderr: string }) => error.stderr.trim().split("\n"),
            );
        const missing = await withSmallDisk(diskMebibytes, async (disk) => {
            await disk.fill(0);
            lines = await start(path.join(disk.folder, "data"));
            assert.equal(lines.length, 1, lines.join("\n"));
            assert.match(lines[0] ?? "", /^section-platform: there is no space on the disk/);
            await disk.empty();
            const data = path.join(disk.folder, "data");
            await mkdir(data, { recursive: true });
            await signUpOffline(data, email);
            const makeWritable = await makeReadOnly(disk.folder);
            lines = await start(data);
            await makeWritable?.();
            assert.equal(lines.length, 1, lines.join("\n"));
            assert.match(lines[0] ?? "", /^section-platform: .* cannot be written to: the file system is read-only/);
        });
        if (missing === undefined) return;
        console.log(`      starting on a full disk is not tried: ${missing}`);
        this.skip();
    });
});

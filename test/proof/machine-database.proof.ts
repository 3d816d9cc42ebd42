import assert from "node:assert/strict";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { signUpWith } from "../support/operator";
import { spawnPlatform, withFolder } from "../support/platform";
import { findPostgres, startCluster } from "../support/postgres";
import { SiteWriter } from "./machine/site-writer";
import { askReady, mustRecover } from "./machine/until-ready";

/** `SECTION_TEST_STEPS` asks for more. Each reads and writes once in every way. */
const steps = Number(process.env.SECTION_TEST_STEPS ?? 2);
/** Claims of effects that nobody could renew end after ten seconds. */
const claimsEndMs = 13_000;

describe("PostgreSQL", () => {
    it("that goes away, stands still and comes back is refused for, with words; nothing acknowledged is lost", async function () {
        if (findPostgres() === undefined) {
            console.log("      PostgreSQL is not installed");
            return this.skip();
        }
        const cluster = await startCluster();
        try {
            await withFolder(async (folder) => {
                const dataDir = path.join(folder, "data");
                const databaseUrl = await cluster.createDatabase();
                const token = await signUpWith({ dataDir, databaseUrl }, "olga@agency.example");
                const platform = await spawnPlatform(dataDir, { environment: { DATABASE_URL: databaseUrl } });
                try {
                    const writer = await SiteWriter.begin(platform.url, token, folder);
                    await writer.step();
                    assert.equal(writer.counts.refused, 0, writer.counts.faults.join("\n"));
                    const faults: Record<string, { begin(): Promise<void>; end(): Promise<unknown> }> = {
                        "is away": { begin: () => cluster.end(), end: () => cluster.begin() },
                        "stands still": { begin: async () => cluster.freeze(), end: async () => cluster.thaw() },
                        "restarts in the middle": {
                            begin: async () => void setTimeout(() => cluster.end().then(() => cluster.begin()), 300),
                            end: () => pause(3_000),
                        },
                    };
                    for (const [name, { begin, end }] of Object.entries(faults)) {
                        const { done, refused } = writer.counts;
                        await begin();
                        if (name !== "restarts in the middle")
                            assert.equal(await askReady(platform.url), "the database does not answer");
                        if (name === "stands still") await writer.look();
                        else for (let step = 0; step < steps; step += 1) await writer.step();
                        await end();
                        const recovery = await mustRecover(writer, claimsEndMs);
                        const { readyMs, lost } = recovery;
                        console.log(
                            `      PostgreSQL ${name}: ${recovery.done - done} done, ${recovery.refused - refused} refused with words; ` +
                                `${writer.acknowledged} facts acknowledged, ${lost.length} lost; ready again after ${readyMs} ms`,
                        );
                        assert.deepEqual(lost, []);
                    }
                    assert.match(await check(dataDir, databaseUrl), /rows and repositories agree/);
                } finally {
                    await platform.kill();
                }
            });
        } finally {
            await cluster.stop();
        }
    });
});

async function check(dataDir: string, databaseUrl: string): Promise<string> {
    const { execFile } = await import("node:child_process");
    const { promisify } = await import("node:util");
    const { stdout } = await promisify(execFile)(process.execPath, [
        path.resolve("platform/bin/section-platform.js"),
        "check",
        "--data-dir",
        dataDir,
        "--database-url",
        databaseUrl,
    ]);
    return stdout;
}

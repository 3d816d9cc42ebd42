import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { sectionPlatform, spawnPlatform, withFolder } from "../support/platform";

describe("one data folder", () => {
    it("serves one process: of eight that start at once one wins, and the others say who it is", () =>
        withFolder(async (folder) => {
            const starts = await Promise.allSettled(Array.from({ length: 8 }, () => spawnPlatform(folder)));
            const running = starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
            const refusals = starts.flatMap((start) => (start.status === "rejected" ? [String(start.reason.message)] : []));
            try {
                assert.equal(running.length, 1);
                for (const refusal of refusals) assert.match(refusal, /is in use by process \d+\. Stop that process or choose another folder\./);
                const command = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
                    execFile(process.execPath, [sectionPlatform, "check", "--data-dir", folder], (error, _stdout, stderr) =>
                        resolve({ code: error?.code, stderr }),
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

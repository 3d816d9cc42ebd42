import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { pino } from "pino";
import { openContext, reportFindings } from "../../platform/open-context";
import { readOptions } from "../../platform/options";
import { queueEffect } from "../../platform/store/outbox";
import { withFolder } from "../support/platform";

describe("opening the platform's data", () => {
    it("finishes what a crash left, and says what is odd", () =>
        withFolder(async (dataDir) => {
            const settings = readOptions({ dataDir });
            const lines: string[] = [];
            const log = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line).msg) });
            const first = await openContext(settings, log);
            await queueEffect(
                first.context.store.database,
                "delete-application",
                { accountId: 1, applicationId: 7 },
                new Date(Date.now() + 60_000),
            );
            await mkdir(path.join(dataDir, "repositories", "07", "7.git"), { recursive: true });
            await first.close();
            const second = await openContext(settings, log);
            assert.deepEqual(lines, ["finished what a crash left"]);
            assert.deepEqual(await second.context.repositories.listApplications(), []);
            await mkdir(path.join(dataDir, "repositories", "08", "8.git"), { recursive: true });
            assert.equal(await reportFindings(second.context, log), 1);
            assert.match(lines.at(-1) as string, /repository 8 belongs to no application/);
            await second.close();
        })).timeout(60_000);
});

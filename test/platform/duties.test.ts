import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { startDuties } from "../../platform/duties";
import type { Context } from "../../platform/service/context";
import { countEffects, queueEffect } from "../../platform/store/outbox";
import { sharedContext } from "../support/context";

const quick = { verifyEveryHours: 0, housekeepingSeconds: 0, tickEveryMs: 50 };
const silent = pino({ level: "silent" });

describe("what a platform does unasked", function () {
    this.timeout(60_000);

    it("is to finish what others left, until it is told to end", async () => {
        const context = await sharedContext();
        const { database } = context.store;
        const leave = () =>
            queueEffect(database, "delete-application", { accountId: 1, applicationId: 987_654 }, new Date(0));
        const stop = startDuties(context, quick, silent);
        await leave();
        while ((await countEffects(database)) > 0) await sleep(10);
        await stop();
        await leave();
        await sleep(3 * quick.tickEveryMs);
        assert.equal(await countEffects(database), 1);
        await startDuties(context, { verifyEveryHours: 24, housekeepingSeconds: 60 }, silent)();
        await database.deleteFrom("outbox").execute();
    });

    it("goes on when it fails, and says so", async () => {
        const context = await sharedContext();
        const lines: string[] = [];
        const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(JSON.parse(line).msg) });
        const broken = { ...context, store: { ...context.store, database: undefined } } as unknown as Context;
        const stop = startDuties(broken, quick, log);
        const failures = () => lines.filter((line) => line === "the outbox could not be read").length;
        while (failures() < 2) await sleep(10);
        await stop();
        const told = failures();
        await sleep(3 * quick.tickEveryMs);
        assert.equal(failures(), told, "it has ended");
    });
});

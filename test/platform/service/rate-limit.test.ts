import assert from "node:assert/strict";
import { isWithinRate, limitRate } from "../../../platform/service/rate-limit";
import { sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("a rate", () => {
    it("lets so many through in a window, and says when the next may come", async () => {
        const start = new Date("2026-01-01T10:00:00Z");
        const at = async (seconds: number) => ({
            ...(await sharedContext()),
            now: () => new Date(start.getTime() + seconds * 1000),
        });
        const what = ["test", fresh("rate")];
        const rate = { most: 2, windowMs: 60_000 };
        await limitRate(await at(0), what, rate, "too many tests");
        await limitRate(await at(10), what, rate, "too many tests");
        await assert.rejects(limitRate(await at(20), what, rate, "too many tests"), {
            code: "rate-limited",
            retryAfterSeconds: 40,
            message: "too many tests. Please wait a few minutes, or as long as Retry-After says.",
        });
        const late = await at(60);
        assert.deepEqual(
            [
                await isWithinRate(late, late.store.database, what, rate),
                await isWithinRate(late, late.store.database, what, rate),
                await isWithinRate(late, late.store.database, what, rate),
            ],
            [true, true, false],
        );
    });
});

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { Lag } from "../../../platform/http/lag";

function block(ms: number): void {
    for (const until = performance.now() + ms; performance.now() < until; );
}

async function blockAgainAndAgain(ms: number): Promise<void> {
    for (const until = performance.now() + ms; performance.now() < until; await sleep(1)) block(140);
}

describe("being late", function () {
    this.timeout(60_000);

    it("once is nothing, again and again is too much, and passes", async () => {
        const [lag, patient, blind] = [new Lag(30, 100), new Lag(60_000, 100), new Lag(0, 100)];
        block(300);
        await sleep(50);
        assert.equal(lag.isTooMuch, false);
        await blockAgainAndAgain(1_400);
        assert.deepEqual([lag.isTooMuch, patient.isTooMuch, blind.isTooMuch], [true, false, false]);
        while (lag.isTooMuch) await sleep(20);
        for (const each of [lag, patient, blind]) each.stop();
    });
});

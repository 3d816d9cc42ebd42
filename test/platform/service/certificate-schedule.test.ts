import assert from "node:assert/strict";
import { mostAttempts, renewalOf, retryPauseMs } from "../../../platform/service/certificate-schedule";

const hour = 3_600_000;
const day = 24 * hour;

describe("when a certificate is renewed", () => {
    const validFrom = new Date("2026-01-01T00:00:00Z");
    const after = (days: number) => new Date(validFrom.getTime() + days * day);
    const last = (days: number) => new Date(after(days).getTime() - 1000);
    it("is 30 days before it ends, or a third of its life where that is short", () => {
        assert.deepEqual(renewalOf({ validFrom, expires: last(90) }, validFrom), last(60));
        assert.deepEqual(renewalOf({ validFrom, expires: after(398) }, validFrom), after(368));
        assert.deepEqual(renewalOf({ validFrom, expires: last(6) }, validFrom), last(4));
    });

    it("is never at once, even for one that was old when it came", () => {
        assert.deepEqual(renewalOf({ validFrom, expires: after(90) }, after(85)), after(115));
    });
});

describe("the pauses after failures", () => {
    it("grow from minutes to a day, differ, and end after about a month", () => {
        const shortest = Array.from({ length: 5 }, (_, index) => retryPauseMs(index + 1, 0) / 60_000);
        assert.deepEqual(shortest, [2.5, 5, 10, 20, 40]);
        assert.equal(retryPauseMs(1, 1), 5 * 60_000);
        assert.equal(retryPauseMs(20, 1), day);
        assert.ok(new Set(Array.from({ length: 20 }, () => retryPauseMs(3))).size > 10);
        const total = Array.from({ length: mostAttempts - 1 }, (_, index) => retryPauseMs(index + 1, 1)).reduce(
            (sum, each) => sum + each,
            0,
        );
        assert.ok(total > 25 * day && total < 31 * day, `${total / day} days`);
        const firstHour = [0, 1, 2, 3, 4, 5].map((count) =>
            Array.from({ length: count }, (_, index) => retryPauseMs(index + 1, 0.5)).reduce(
                (sum, each) => sum + each,
                0,
            ),
        );
        assert.ok(firstHour.filter((at) => at < hour).length <= 5, "authorities allow five failures an hour");
    });
});

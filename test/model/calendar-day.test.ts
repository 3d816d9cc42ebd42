import assert from "node:assert/strict";
import { calendarDaySchema, daysUntil, utcDay } from "section-model";

describe("a day", () => {
    it("is one of the calendar, written in one way", () => {
        for (const day of ["2026-12-31", "2028-02-29"]) assert.equal(calendarDaySchema.parse(day), day);
        const reasonOf = (day: unknown) => calendarDaySchema.safeParse(day).error?.issues.map(({ message }) => message);
        for (const day of ["2026-02-30", "2027-02-29", "2026-13-01", "2026-00-10"])
            assert.deepEqual(reasonOf(day), ["is not a day of the calendar"], day);
        for (const day of ["31.12.2026", "2026-1-1", "2026-12-31T00:00:00Z", "", 20261231, null]) {
            assert.deepEqual(reasonOf(day), ["must be a day such as 2026-12-31"], String(day));
        }
    });

    it("is a whole day of UTC, wherever one is", () => {
        assert.equal(utcDay(new Date("2026-12-31T23:59:59.999Z")), "2026-12-31");
        assert.equal(utcDay(new Date("2027-01-01T00:30:00+01:00")), "2026-12-31");
        assert.deepEqual(
            [
                daysUntil("2027-01-01", "2026-12-31"),
                daysUntil("2026-12-31", "2026-12-31"),
                daysUntil("2026-12-30", "2026-12-31"),
            ],
            [1, 0, -1],
        );
    });
});

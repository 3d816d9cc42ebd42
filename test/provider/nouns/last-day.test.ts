import assert from "node:assert/strict";
import { judgeLastDay } from "../../../provider/nouns/last-day";

describe("a last day", () => {
    it("is past the day after, and spoken of for two weeks before", () => {
        const judge = (today: string) => judgeLastDay("jane@agency.example", "2026-12-31", today);
        assert.deepEqual([judge("2026-12-16"), judge("2027-01-01")], [{ isPast: false }, { isPast: true }]);
        const said = ["2026-12-17", "2026-12-30", "2026-12-31"].map(
            (today) => judge(today).warning?.match(/which is ([^:]+):/)?.[1],
        );
        assert.deepEqual(said, ["in 14 days", "tomorrow", "today"]);
    });
});

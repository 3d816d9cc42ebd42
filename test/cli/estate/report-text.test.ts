import assert from "node:assert/strict";
import { figuresOf } from "../../../cli/estate/figures";
import { reportText } from "../../../cli/estate/report-text";
import { makeReport } from "../../support/estate-report";

describe("an estate in words", () => {
    it("counts, and names what needs somebody, shortly however much there is", () => {
        const report = makeReport(1_000);
        const { sites, live, partlyLive, notLive, drifted, endingSoon, ...others } = figuresOf(report);
        assert.equal(live + partlyLive + notLive, sites);
        assert.deepEqual([sites, drifted], [1_000, 40]);
        assert.ok(endingSoon > 20);
        assert.deepEqual(others, { clients: 200, environments: 1_666, hostnames: 2_166, liveNotKnown: 0 });
        const text = reportText(report);
        assert.match(
            text,
            /^https:\/\/platform\.agency\.example, 2026-11-28 03:15 UTC\n {2}clients +200\n {2}sites +1,000\n/,
        );
        assert.match(
            text,
            /\ndrifted sites \(40\)\n {2}www\.site7\.example +1001\/7007 +environment 1001\/7007\/Staging: config\["varnish\/default\.vcl"\] by Gita/,
        );
        assert.match(text, /\n {2}and 20 more: --format csv has all\n/);
        assert.match(
            text,
            /\ncertificates under 30 days \(\d+\)\n {2}www\.\S+ +\S+ +ended 3 days ago\n/,
            "the first to end comes first",
        );
        assert.ok(text.split("\n").length < 70);
    });

    it("says what nobody asked and what cannot be known", () => {
        const text = reportText({
            ...makeReport(1, { isCompared: false }),
            goneDrift: ["organization 7 is gone\u001b[2J"],
        });
        assert.match(text, /\n {2}drifted +not asked\n/);
        assert.match(text, /\ndrifted clients \(1\)\n {2}gone {2}organization 7 is gone\^\[\[2J\n/);
        assert.match(text, /\nnot known \(1\)\n {2}drift {2}of everything {2}nobody asked$/);
    });
});

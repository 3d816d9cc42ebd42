import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { csvText } from "../../../cli/report/csv";

describe("a list as CSV", () => {
    it("reads back as what it was, whatever stands in a cell", () => {
        const rows = [
            ['a "quoted", cell', "two\nlines"],
            ["", "ü"],
        ];
        assert.deepEqual(parse(csvText(["one", "two"], rows)), [["one", "two"], ...rows]);
        assert.equal(
            csvText(["site", "live", "days"], [["www.acme.example", true, undefined]]),
            "site,live,days\r\nwww.acme.example,yes,\r\n",
        );
    });

    it("has no formula that a spreadsheet would run", () => {
        for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
            assert.equal((parse(csvText(["name"], [[text]])) as string[][])[1]?.[0], `'${text}`);
    });
});

import assert from "node:assert/strict";
import { countLines, leftOutLines } from "../../../cli/export/report";

describe("the report of an export", () => {
    it("counts what there is, and names what stays outside, and why", () => {
        const counts = { organizations: 1, members: 2, sites: 1200, environments: 4, domains: 5, resources: 6 };
        assert.deepEqual(countLines(counts), [
            ["organizations", "1"],
            ["members", "2"],
            ["sites", "1,200"],
            ["environments", "4"],
            ["domains", "5"],
            ["resources", "6"],
        ]);
        assert.deepEqual(leftOutLines([]), []);
        assert.deepEqual(leftOutLines([{ id: "1/2", what: "application a", because: "is split off" }]), [
            "",
            "left out, and stays as it is (1):",
            "  1/2  application a: is split off",
        ]);
    });
});

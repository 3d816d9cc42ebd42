import assert from "node:assert/strict";
import { columnLines } from "../../../provider/program/columns";

describe("text in columns", () => {
    it("is as wide as the widest cell, and has no spaces at the ends of lines", () => {
        const rows = [["site", "live"], ["www.acme.example", "yes"], ["short", ""], ["one only"]];
        assert.deepEqual(columnLines(rows), ["site              live", "www.acme.example  yes", "short", "one only"]);
        assert.deepEqual(columnLines([]), []);
    });
});

import assert from "node:assert/strict";
import { tableHead } from "../../../cli/report/html-table";

describe("the head of a table on a page", () => {
    it("says of each cell that it is of its column, and is text", () => {
        assert.equal(
            tableHead(["site", "<b>"]).text,
            '<thead><tr><th scope="col">site</th><th scope="col">&lt;b&gt;</th></tr></thead>',
        );
    });
});

import assert from "node:assert/strict";
import { html } from "../../../display/html";
import { listed, rowsPerPage } from "../../../platform/page/listed-rows";

const settings = { href: "/account/1", searches: "Site", one: "site" };
const show = (search: string, page: number, total: number) =>
    listed(settings, { search, page }, { total, table: html`<table></table>` }).text;

describe("a list", () => {
    it("that is short is nothing but its table", () => assert.equal(show("", 1, 3).trim(), "<table></table>"));

    it("that is long has a search, and keeps what was searched for on its other pages", () => {
        const text = show("a&b", 2, 2 * rowsPerPage + 1);
        assert.match(text, /<input id="search" type="search" name="search" value="a&amp;b"/);
        assert.match(text, /href="\/account\/1\?search=a%26b" rel="prev"/);
        assert.match(text, /href="\/account\/1\?search=a%26b&amp;page=3" rel="next"/);
        assert.match(text, /Page 2 of 3/);
        assert.match(text, /201 sites with “a&amp;b”/);
        assert.doesNotMatch(show("", 1, rowsPerPage), /pager/);
    });

    it("says when there is nothing, and why", () => {
        assert.match(show("", 1, 0), /No sites yet\./);
        assert.match(show("zzz", 1, 0), /Nothing was found\./);
        assert.match(show("", 9, 0), /Nothing is on this page\..*/s);
        assert.match(show("", 9, 150), /href="\/account\/1\?page=2" rel="prev"/, "and the way back");
    });
});

import assert from "node:assert/strict";
import { wordsHtml } from "../../../cli/report/words-html";

describe("words as markup", () => {
    it("are elements by their kind, and text whatever others wrote", () => {
        assert.equal(
            wordsHtml(["<i>", { code: "c" }, { copy: "v" }, { strong: "s" }, { badge: "live", mood: "good" }]).text,
            '&lt;i&gt;<code>c</code><code class="copy">v</code><strong>s</strong><span class="good">live</span>',
        );
    });
});

import assert from "node:assert/strict";
import { wordsHtml } from "../../../cli/report/words-html";

describe("words as markup", () => {
    it("are elements by their kind, and text whatever others wrote", () => {
        assert.equal(
            wordsHtml(["<i>", { code: "c" }, { copy: "www.v..1." }, { strong: "s" }, { badge: "live", mood: "good" }])
                .text,
            '&lt;i&gt;<code>c</code><code class="copy">www.<wbr>v..<wbr>1.</code><strong>s</strong><span class="good">live</span>',
        );
    });
});

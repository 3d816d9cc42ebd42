import assert from "node:assert/strict";
import { htmlPage, jsonElement } from "../../../cli/report/html-page";
import { html } from "../../../display/html";

describe("a page of a report", () => {
    it("may load nothing, and runs only its own script", () => {
        const quiet = htmlPage({ title: "A & B", body: html`<h1>${"<A>"}</h1>` });
        assert.match(quiet, /<title>A &amp; B<\/title>/);
        assert.match(quiet, /<h1>&lt;A&gt;<\/h1>/);
        assert.match(quiet, /default-src &#39;none&#39;/);
        assert.doesNotMatch(quiet, /script-src|<script|https?:/);
        assert.match(
            htmlPage({ title: "A", body: html``, script: "document.title = 'B';" }),
            /script-src &#39;sha256-[\w+/]+=*&#39;;.*<script>document\.title = 'B';<\/script>/s,
        );
    });

    it("has data that cannot end its element", () => {
        assert.equal(
            jsonElement("data", ["</script><b>"]).text,
            '<script type="application/json" id="data">["\\u003c/script>\\u003cb>"]</script>',
        );
    });
});

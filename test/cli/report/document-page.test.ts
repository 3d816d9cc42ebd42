import assert from "node:assert/strict";
import { documentPage } from "../../../cli/report/document-page";

describe("a report as a page", () => {
    it("shows every kind of block, and what others wrote as text", () => {
        const hostile = "<img src=x onerror=alert(1)>";
        const page = documentPage({
            title: hostile,
            summary: [hostile],
            blocks: [
                { heading: [hostile], level: 2 },
                { heading: [{ code: "c" }], level: 3 },
                { paragraph: [hostile, { strong: "s" }] },
                { entries: [{ words: ["one"], entries: [[hostile]] }] },
                { head: ["x"], rows: [[[hostile]]] },
                { aside: [hostile, { badge: hostile, mood: "wait" }] },
                { facts: [[["name"], [{ copy: hostile }]]] },
                { fold: [hostile], blocks: [{ paragraph: [hostile] }] },
                { diff: `@@ -1,1 +1,1 @@\n ${hostile}\n-a\n+b\n` },
            ],
        });
        assert.ok(!page.includes("<img"));
        assert.equal(page.match(/&lt;img src=x/g)?.length, 13);
        for (const part of [
            "<h1>&lt;img",
            "<h3><code>c</code></h3>",
            "<strong>s</strong>",
            "<del>-a</del><ins>+b</ins>",
            '<th scope="col">x</th>',
            '<td data-column="x">&lt;img',
            "<details><summary>&lt;img",
            '<span class="wait">&lt;img',
            '<tr><th scope="row">name</th><td><code class="copy">&lt;img',
        ])
            assert.ok(page.includes(part), part);
    });
});

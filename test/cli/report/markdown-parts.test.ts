import assert from "node:assert/strict";
import { MarkdownParts } from "../../../cli/report/markdown-parts";

// test/cli/report/document-markdown.test.ts has whole reports
describe("parts of Markdown", () => {
    it("close what is open at their end and open it again, and leave no fold empty", () => {
        const parts = new MarkdownParts(1_000);
        parts.openFold("a");
        parts.add({ form: "list", pieces: [`- ${"x".repeat(600)}`] }, false);
        parts.add({ form: "list", pieces: [`- ${"y".repeat(600)}`] }, false);
        parts.closeFold();
        assert.deepEqual(
            parts.texts.map((texts) => texts.map((text) => text.replaceAll(/([xy])\1+/g, "$1$1"))),
            [
                ["<details>\n<summary>a</summary>", "- xx", "</details>"],
                ["<details>\n<summary>a (continued)</summary>", "- yy", "</details>"],
            ],
        );
        parts.openFold("b");
        assert.equal(parts.texts.length, 3, "a fold does not stay behind at the end of a part");
    });
});

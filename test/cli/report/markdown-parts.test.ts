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
            parts.texts.map((texts) => texts.map((text) => text.slice(0, 40))),
            [
                ["<details>\n<summary>a</summary>", `- ${"x".repeat(38)}`, "</details>"],
                ["<details>\n<summary>a (continued)</summary", `- ${"y".repeat(38)}`, "</details>"],
            ],
        );
        parts.openFold("b");
        assert.equal(parts.texts.length, 3, "a fold does not stay behind at the end of a part");
    });
});

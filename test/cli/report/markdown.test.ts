import assert from "node:assert/strict";
import { escapeMarkdown, markdownBlock, markdownCode, markdownHead, markdownRow } from "../../../cli/report/markdown";

describe("Markdown", () => {
    it("shows text as it is: no markup, no mention, no reference", () => {
        assert.equal(escapeMarkdown("a_b <i> @jane"), "a\\_b &lt;i&gt; &#64;jane");
        assert.equal(escapeMarkdown("a|b\nc `d` [e](f) #12 a#1"), "a\\|b c \\`d\\` \\[e\\](f) &#35;12 a#1");
    });

    it("ends no code within a line before its end", () => {
        assert.equal(markdownCode("plain"), "`plain`");
        assert.equal(markdownCode("a `b` | c"), "``a `b` \\| c``");
        assert.equal(markdownCode("`x`"), "`` `x` ``");
    });

    it("ends no block of code before its end", () => {
        assert.equal(markdownBlock("-a\n+b\n", "diff"), "```diff\n-a\n+b\n```");
        assert.equal(markdownBlock("```\ninside\n```"), "````\n```\ninside\n```\n````");
    });

    it("has tables", () => {
        assert.equal(
            [markdownHead(["site", "live"]), markdownRow(["www", "yes"])].join("\n"),
            "| site | live |\n| --- | --- |\n| www | yes |",
        );
    });
});

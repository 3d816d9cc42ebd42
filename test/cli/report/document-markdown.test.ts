import assert from "node:assert/strict";
import fc from "fast-check";
import type { Block } from "../../../cli/report/document";
import { documentMarkdown, markdownParts } from "../../../cli/report/document-markdown";

/** Every fence that opens is closed by one of the same length. */
function openFence(part: string): string | undefined {
    let open: string | undefined;
    for (const line of part.split("\n")) {
        const fence = /^(`{3,})(?:diff)?$/.exec(line)?.[1];
        if (open === undefined) open = fence;
        else if (line === open) open = undefined;
    }
    return open;
}

describe("a report as Markdown", () => {
    it("has headings, words, lists, tables and code", () => {
        const blocks: Block[] = [
            { heading: ["A & ", { code: "b" }], level: 2 },
            { paragraph: ["to ", { strong: "*all*" }] },
            { entries: [{ words: ["one"], entries: [["below"]] }, { words: ["two"] }] },
            { head: ["x", "y"], rows: [[["1"], [{ code: "a|b" }]]] },
            { diff: "-```\n+a\n" },
        ];
        assert.deepEqual(markdownParts({ title: "t", blocks }, 60_000), [
            "## t\n\n### A &amp; `b`\n\nto **\\*all\\***\n\n- one\n  - below\n- two\n\n| x | y |\n| --- | --- |\n| 1 | `a\\|b` |\n\n````diff\n-```\n+a\n````\n",
        ]);
    });

    it("that stands for itself has a title of the first level, and words of every kind", () => {
        const blocks: Block[] = [
            { heading: ["First"], level: 2 },
            { aside: ["When: ", "a_b."] },
            { facts: [[["zone"], [{ copy: "acme.example" }], ["Cloudflare"]]] },
            { entries: [{ words: [{ badge: "not live", mood: "wait" }] }] },
        ];
        assert.equal(
            documentMarkdown({ title: "t\u001b", summary: ["2 ", { strong: "names" }], blocks }),
            "# t^\\[\n\n2 **names**\n\n## First\n\n*When: a\\_b.*\n\n- zone: `acme.example`, Cloudflare\n\n- not live\n",
        );
    });

    it("is put into parts that are whole Markdown, none too long, with nothing left out", () => {
        const line = fc.string({ unit: fc.constantFrom("a", "`", "é", "😀", " ", "|"), maxLength: 90, size: "max" });
        const block = fc.oneof(
            fc.record({
                diff: fc
                    .array(line, { minLength: 1, maxLength: 300, size: "max" })
                    .map((lines) => lines.map((text) => `+${text}`).join("\n")),
            }),
            fc.record({
                paragraph: fc.array(fc.record({ code: fc.stringMatching(/^[a-z]{1,30}$/) }), {
                    maxLength: 400,
                    size: "max",
                }),
            }),
            fc.record({
                entries: fc.array(fc.record({ words: fc.tuple(fc.stringMatching(/^[a-z]{1,30}$/)) }), {
                    minLength: 1,
                    maxLength: 300,
                    size: "max",
                }),
            }),
            fc.record({ heading: fc.tuple(fc.stringMatching(/^[a-z]{1,30}$/)), level: fc.constant(2 as const) }),
        );
        let most = 0;
        fc.assert(
            fc.property(fc.array(block, { minLength: 1, maxLength: 6, size: "max" }), (blocks: Block[]) => {
                const parts = markdownParts({ title: "review", blocks }, 4_000);
                most = Math.max(most, parts.length);
                for (const [index, part] of parts.entries()) {
                    assert.ok(part.length <= 4_000, `${part.length} characters`);
                    assert.equal(openFence(part), undefined, part);
                    assert.ok(
                        part.startsWith(
                            parts.length === 1 ? "## review\n" : `## review, part ${index + 1} of ${parts.length}\n`,
                        ),
                    );
                }
                const lines = parts.join("\n").split("\n");
                let at = 0;
                for (const block of blocks) {
                    if (!("diff" in block)) continue;
                    for (const each of block.diff.split("\n")) {
                        at = lines.indexOf(each, at);
                        assert.notEqual(at, -1, `${each} is missing, or in another order`);
                        at += 1;
                    }
                }
                for (const block of blocks) {
                    if (!("paragraph" in block)) continue;
                    for (const word of block.paragraph)
                        assert.ok(parts.some((part) => part.includes(`\`${(word as { code: string }).code}\``)));
                }
            }),
            { numRuns: 60 },
        );
        assert.ok(most > 3, `${most} parts at most`);
    });

    it("has folds, whose line is markup and no mention; a fold that goes on begins anew in the next part", () => {
        const rows = Array.from({ length: 300 }, (_, index) => [[`row ${index}`]]);
        const inner: Block = { fold: ["inner"], blocks: [{ head: ["x"], rows }] };
        const short: Block = {
            fold: [{ code: "a" }, " & @jane: ", { strong: "1 risk" }],
            blocks: [{ paragraph: ["*in*"] }],
        };
        assert.deepEqual(markdownParts({ title: "t", blocks: [short] }, 60_000), [
            "## t\n\n<details>\n<summary><code>a</code> &amp; &#64;jane: <strong>1 risk</strong></summary>\n\n\\*in\\*\n\n</details>\n",
        ]);
        const parts = markdownParts(
            { title: "t", blocks: [{ fold: ["outer"], blocks: [short, inner] }, { diff: "+a" }] },
            4_000,
        );
        assert.ok(parts.length > 1);
        for (const [index, part] of parts.entries()) {
            const count = (mark: string) => part.split(mark).length - 1;
            assert.ok(part.length <= 4_000, `${part.length} characters`);
            assert.equal(count("<details>"), count("</details>"), part);
            if (index > 0)
                assert.match(
                    part,
                    /^## t, part .*\n\n<details>\n<summary>outer \(continued\)<\/summary>\n\n<details>\n<summary>inner \(continued\)/,
                );
            assert.ok(!part.includes("</summary>\n\n</details>"), "no fold is empty");
        }
        assert.equal(parts.join("").match(/^\| row/gm)?.length, 300);
    });

    it("goes on with a line that is longer than a part, after an arrow", () => {
        const long = `+${"ab😀".repeat(5_000)}`;
        const parts = markdownParts({ title: "t", blocks: [{ diff: long }] }, 4_000);
        const lines = parts.flatMap((part) => part.split("\n")).filter((line) => line.startsWith("+"));
        assert.equal(lines.map((line, index) => (index === 0 ? line : line.slice(2))).join(""), long);
        assert.ok(parts.length > 4 && parts.every((part) => part.length <= 4_000));
    });

    it("repeats the head of a table that goes on", () => {
        const rows = Array.from({ length: 300 }, (_, index) => [[`row ${index}`]]);
        const parts = markdownParts({ title: "t", blocks: [{ head: ["x"], rows }] }, 4_000);
        assert.ok(parts.length > 1);
        for (const part of parts) assert.match(part, /\n\n\| x \|\n\| --- \|\n\| row \d+ \|\n/);
        assert.equal(parts.join("").match(/^\| row/gm)?.length, 300);
    });
});

import assert from "node:assert/strict";
import { html } from "../../../display/html";
import type { FileChange } from "../../../platform/git/views/difference";
import { differenceSection, visible } from "../../../platform/page/difference";

const file = (change: Partial<FileChange>): FileChange => ({
    path: "a.vcl",
    change: "changed",
    added: 1,
    removed: 0,
    hunks: [],
    isCut: false,
    ...change,
});
const words = (text: string) =>
    text
        .replaceAll(/<[^>]*>/g, " ")
        .replaceAll(/\s+/g, " ")
        .trim();

describe("a difference", () => {
    it("shows each line with its numbers, its sign and what became of it", () => {
        const { text } = differenceSection({
            isCut: false,
            files: [
                file({
                    removed: 1,
                    hunks: [
                        {
                            heading: "sub vcl_recv {",
                            lines: [
                                { kind: "same", before: 7, after: 7, text: "a" },
                                { kind: "removed", before: 8, text: "b" },
                                { kind: "added", after: 8, text: "c", isUnended: true },
                            ],
                        },
                    ],
                }),
            ],
        });
        assert.match(
            text,
            /<td class="line">8<\/td><td class="line"><\/td><td class="sign">−<\/td><td class="code"><del>b<\/del>/,
        );
        assert.match(
            text,
            /<td class="line"><\/td><td class="line">8<\/td><td class="sign">\+<\/td><td class="code"><ins>c<\/ins>/,
        );
        assert.match(words(text), /1 file, 1 line added , 1 line removed/);
        assert.match(words(text), /Line 7 sub vcl_recv \{/);
        assert.match(words(text), /no line break at the end/);
    });

    it("says what it does not show", () => {
        const { text } = differenceSection({
            isCut: true,
            files: [file({ isCut: true }), file({ path: "logo.png", added: undefined, removed: undefined })],
        });
        assert.match(words(text), /The difference is too large to show as a whole/);
        assert.match(words(text), /Not all of this file is shown/);
        assert.match(words(text), /logo\.png Changed · binary, or larger than 1 MB Its lines are not compared/);
        assert.match(words(differenceSection({ isCut: false, files: [] }).text), /No file differs/);
        assert.match(
            words(
                differenceSection({ isCut: false, files: [file({ modes: { before: "100644", after: "100755" } })] })
                    .text,
            ),
            /Mode 100644, then 100755/,
        );
    });

    it("opens small files, and not the twenty-first", () => {
        const { text } = differenceSection({ isCut: false, files: Array.from({ length: 25 }, () => file({})) });
        assert.equal(text.match(/<details class="file" id="file-\d+" open>/g)?.length, 20);
    });

    it("shows characters that would hide or turn text", () => {
        assert.equal(words(html`${visible("a\u202eb\r\u200bc\td")}`.text), "a U+202E b CR U+200B c d");
        assert.equal(html`${visible("plain é 😀")}`.text, "plain é 😀");
    });
});

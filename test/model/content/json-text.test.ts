import assert from "node:assert/strict";
import fc from "fast-check";
import { inspectJson } from "../../../model/content/json-text";

const errorOf = (text: string) => {
    const { error } = inspectJson(text);
    return error === undefined ? undefined : `${error.line}:${error.column} ${error.reason}`;
};

describe("looking through JSON", () => {
    it("says where it stops being JSON, and why", () => {
        const cases: [string, string | undefined][] = [
            ["{}", undefined],
            ['{\n  "a": 1,\n}', '3:1 a property name in "double quotes" is expected'],
            ['{\n  "a": 1\n  "b": 2\n}', "3:3 a comma is expected"],
            ['{"a": yes}', "1:7 a word that is not true, false, null, a number or in quotes"],
            ["// note\n{}", "1:1 a comment, which JSON does not have"],
            ['{"a": "open\n}', "1:7 a text without its closing quote"],
            ['{"a": [1, 2}', "1:12 a comma is expected"],
            ["", "1:1 a value is expected"],
            ["\uFEFF{}", "1:1 it begins with a byte order mark; save it as UTF-8 without one"],
            ["{} x", "1:4 a word that is not true, false, null, a number or in quotes"],
        ];
        for (const [text, expected] of cases) assert.equal(errorOf(text), expected, JSON.stringify(text));
        assert.match(errorOf(`${"[".repeat(100_000)}`) ?? "", /^1:100001 /, "too deep to walk through");
    });

    it("finds what stands twice in one object", () => {
        assert.deepEqual(inspectJson('{"a": 1, "b": {"a": 2},\n "a": 3, "c": [{"x":1}, {"x":2, "x":3}]}').duplicates, [
            { line: 2, column: 2, key: "a" },
            { line: 2, column: 33, key: "x" },
        ]);
        assert.deepEqual(inspectJson("[".repeat(600) + "]".repeat(600)), { error: undefined, duplicates: [] });
    });

    it("refuses what JSON.parse refuses and nothing else, at a place that is in the text", () => {
        const piece = fc.constantFrom(
            "{",
            "}",
            "[",
            "]",
            '"a"',
            ":",
            ",",
            "1",
            "-",
            ".5",
            "true",
            "nul",
            " ",
            "\n",
            "\\",
            "\t",
            "//",
            "/*",
            "'",
            "\u00a0",
        );
        fc.assert(
            fc.property(
                fc.oneof(
                    fc.array(piece, { maxLength: 12 }).map((parts) => parts.join("")),
                    fc.json(),
                ),
                (text) => {
                    let isJson = true;
                    try {
                        JSON.parse(text);
                    } catch {
                        isJson = false;
                    }
                    const { error } = inspectJson(text);
                    assert.equal(error === undefined, isJson);
                    if (error === undefined) return;
                    const line = text.split("\n")[error.line - 1];
                    assert.ok(
                        line !== undefined && error.column >= 1 && error.column <= line.length + 1,
                        `${error.line}:${error.column}`,
                    );
                },
            ),
            { numRuns: 2000 },
        );
    });

    it("lists no duplicates without end, and none of a text of too many values", () => {
        const twice = (count: number) => `{${Array.from({ length: count }, () => '"a":1').join(",")}}`;
        assert.equal(inspectJson(twice(5_000)).duplicates.length, 100);
        assert.deepEqual(inspectJson(twice(50_000)), { error: undefined, duplicates: [] });
        assert.equal(inspectJson(`${twice(50_000)}}`).error?.line, 1);
    });
});

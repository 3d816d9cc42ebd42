import assert from "node:assert/strict";
import fc from "fast-check";
import { formatJson, formatOf, platformFormat } from "../../../platform/service/json-format";

describe("the layout of JSON", () => {
    it("is found in a text: indent, ends of lines, end of file", () => {
        assert.deepEqual(formatOf('{\n\t"a": 1\n}'), { indent: "\t", newline: "\n", endsInNewline: false });
        assert.deepEqual(formatOf('{\r\n  "a": 1\r\n}\r\n'), { indent: "  ", newline: "\r\n", endsInNewline: true });
        assert.deepEqual(formatOf('{"a":1}'), { indent: "", newline: "\n", endsInNewline: false });
        assert.deepEqual(formatOf('{"a":1}\n'), { indent: "", newline: "\n", endsInNewline: true });
        assert.equal(formatOf('{ "a": 1,\n  "b": 2 }').indent, "  ");
        assert.equal(formatOf('{\n"a": 1\n}').indent, "    ", "no indent at all becomes the platform's");
        assert.equal(formatOf('{\n            "a": 1\n}').indent, " ".repeat(12));
    });

    it("of any document comes back to the byte", () => {
        const format = fc.record({
            indent: fc.constantFrom("", "\t", "  ", "    ", " ".repeat(12)),
            newline: fc.constantFrom("\n" as const, "\r\n" as const),
            endsInNewline: fc.boolean(),
        });
        fc.assert(
            fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), format, (document, wanted) => {
                const text = formatJson(document, wanted);
                assert.equal(formatJson(JSON.parse(text), formatOf(text)), text);
            }),
        );
        assert.equal(
            formatJson({ a: [1] }, { indent: "  ", newline: "\r\n", endsInNewline: true }),
            '{\r\n  "a": [\r\n    1\r\n  ]\r\n}\r\n',
        );
        assert.equal(formatJson({ a: "\tx" }, platformFormat), '{\n    "a": "\\tx"\n}');
    });

    it("is found at once in blanks and lines without end, and is no wider than people indent", () => {
        const begun = process.cpuUsage();
        assert.deepEqual(formatOf(`{"a":${"\n".repeat(500_000)}1}`), { ...platformFormat, indent: "    " });
        assert.equal(formatOf(`{\n${" ".repeat(500_000)}"a": 1\n}`).indent, "    ");
        assert.equal(formatOf(`{\n${" ".repeat(17)}"a": 1\n}`).indent, "    ");
        const { user } = process.cpuUsage(begun);
        assert.ok(user < 1_000_000, `${user} microseconds of the processor`);
    });
});

import assert from "node:assert/strict";
import * as fc from "fast-check";
import { readCells, separatorOf } from "../../../provider/agency/csv-cells";

describe("the cells of CSV", () => {
    it("are separated by what the header has most of", () => {
        assert.equal(separatorOf("client,hostname"), ",");
        assert.equal(separatorOf("client;hostname;a,b"), ";");
        assert.equal(separatorOf("client\thostname"), "\t");
        assert.equal(separatorOf("client"), ",");
    });

    it("know their places, in quotes, over several lines and after letters of several bytes", () => {
        const { rows, unclosed } = readCells('é,"b ""x"" é",c\n\n"d\nd",  e ,f"g\n,,h\n', ",");
        assert.equal(unclosed, undefined);
        assert.deepEqual(
            rows.map((row) => row.map(({ text, line, column }) => `${text}@${line}:${column}`)),
            [
                ["é@1:1", 'b "x" é@1:3', "c@1:15"],
                ["d\nd@3:1", "e@4:4", 'f"g@4:9'],
                ["@5:1", "@5:2", "h@5:3"],
            ],
        );
    });

    it("say where a quote begins that nothing closes, in files of any size", () => {
        for (const size of [1, 300_000])
            assert.deepEqual(readCells(`a,b\né,"open,\n${"x,y\n".repeat(size)}`, ",").unclosed, { line: 2, column: 3 });
    });

    it("stand where their text does, whatever it is", () => {
        const field = fc.string({ unit: fc.constantFrom("a", "é", "😀", ",", '"', "\n", " ", ";") });
        fc.assert(
            fc.property(
                fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
                (table) => {
                    const written = table
                        .map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(","))
                        .join("\n");
                    const { rows } = readCells(written, ",");
                    assert.deepEqual(
                        rows.map((row) => row.map(({ text }) => text)),
                        table.map((row) => row.map((text) => text.trim())),
                    );
                    const lines = written.split("\n");
                    for (const { line, column } of rows.flat()) assert.equal(lines[line - 1]?.[column - 1], '"');
                },
            ),
        );
    });
});

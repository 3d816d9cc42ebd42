import assert from "node:assert/strict";
import fc from "fast-check";
import { levelsOf, measureJson } from "section-model";

describe("the measure of a JSON text", () => {
    it("counts what there is", () => {
        fc.assert(
            fc.property(fc.json({ maxDepth: 6 }), (text) => {
                const levels = [...levelsOf(JSON.parse(text))];
                const there = levels.reduce((sum, { values }) => sum + values, 0);
                const { values, depth } = measureJson(text);
                assert.ok(text.includes(" ") ? there <= values : there === values, `${values} for ${there}`);
                assert.ok(levels.length - 1 <= depth && depth <= levels.length, `${depth} for ${levels.length - 1}`);
            }),
            { numRuns: 1_000 },
        );
    });

    it("sees no signs in texts, and ends at whatever is no JSON", () => {
        assert.deepEqual(measureJson('"[{,\\"[{,\\\\"'), { values: 1, depth: 0 });
        assert.deepEqual(measureJson('{"a":["]",[]]}'), { values: 4, depth: 3 });
        for (const odd of ["", '"', '"\\', "]]]]", "[[["]) assert.ok(measureJson(odd).values < 9);
    });
});

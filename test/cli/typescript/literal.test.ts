import assert from "node:assert/strict";
import vm from "node:vm";
import fc from "fast-check";
import { Code, literalOf } from "../../../cli/typescript/literal";

describe("literals of an exported program", () => {
    it("mean the value, whatever is in it", () => {
        fc.assert(
            fc.property(fc.jsonValue(), (value) => {
                const json = JSON.stringify(vm.runInNewContext(`(${literalOf(value)})`));
                assert.equal(json, JSON.stringify(value));
            }),
            {
                numRuns: 1000,
                examples: [
                    [JSON.parse('{"__proto__":{"a":1}}')],
                    ["`$\u007bx}` */ </script> \u2028 \\ \" '"],
                    [{ "a-b": [1, { c: "d" }] }],
                ] as [fc.JsonValue][],
            },
        );
    });

    it("stay on one line while they fit, and keep code as it is", () => {
        assert.equal(
            literalOf({ organization: new Code("acme.id"), role: "admin", nothing: undefined }),
            '{ organization: acme.id, role: "admin" }',
        );
        assert.equal(
            literalOf({ a: ["x".repeat(70), "y".repeat(70)], b: [] }),
            `{\n    a: [\n        "${"x".repeat(70)}",\n        "${"y".repeat(70)}",\n    ],\n    b: [],\n}`,
        );
        assert.equal(literalOf({ a: 1 }, "", 115), "{\n    a: 1,\n}");
    });
});

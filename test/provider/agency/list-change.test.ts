import assert from "node:assert/strict";
import { editText, innermostChanges } from "../../../provider/agency/list-change";
import { sayYaml } from "../../../provider/agency/yaml-text";

describe("a change of a list", () => {
    it("is split into the values that differ", () => {
        const [before, after] = [
            { a: 1, b: { c: [1, 2], d: "x" }, gone: true },
            { a: 1, b: { c: [1, 3], d: "y" } },
        ];
        assert.deepEqual(innermostChanges(["r"], before, after, true), [
            { path: ["r", "b", "c", 1], value: 3 },
            { path: ["r", "b", "d"], value: "y" },
            { path: ["r", "gone"], value: undefined },
        ]);
        assert.deepEqual(innermostChanges([], before.b, after.b, false), [
            { path: ["c"], value: [1, 3] },
            { path: ["d"], value: "y" },
        ]);
        assert.deepEqual(innermostChanges(["x"], [1], [1, 2], true), [{ path: ["x"], value: [1, 2] }]);
        assert.deepEqual(innermostChanges(["x"], "same", "same", true), []);
    });

    it("is made from the end, so that no edit moves another", () => {
        const edits = [
            { start: 0, end: 1, text: "AAA" },
            { start: 2, end: 3, text: "" },
        ];
        assert.equal(editText("abc", edits), "AAAb");
    });
});

describe("a value as YAML", () => {
    it("is read as the same value, plain where it can be", () => {
        for (const [value, text] of [
            ["www.acme.example", "www.acme.example"],
            ["varnish:6.3.1", "varnish:6.3.1"],
            ["192.0.2.0/24", "192.0.2.0/24"],
            ["2027-01-31", "2027-01-31"],
            ["true", '"true"'],
            ["1.10", '"1.10"'],
            ["0123", '"0123"'],
            ["a: b", '"a: b"'],
            ["# no", '"# no"'],
            ["", '""'],
            [8080, "8080"],
            [["a", "b"], "[a, b]"],
            [{ role: "state", until: undefined }, "{ role: state }"],
        ] as const)
            assert.equal(sayYaml(value), text);
        assert.equal(sayYaml("it's", "QUOTE_SINGLE"), "'it''s'");
        assert.equal(sayYaml("a", "QUOTE_DOUBLE"), '"a"');
    });
});
